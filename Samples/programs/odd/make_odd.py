"""Makes the odd profiles: what Go never writes but other programs do, or could.

    python3 make_odd.py FOLDER
"""

import random
import sys

from profile_writer import Profile, message, number, unpacked, varint, zipped

CPU = [("samples", "count"), ("cpu", "nanoseconds")]
HEAP = [("objects", "count"), ("space", "bytes")]


def names():
    p = Profile([("events", "count")])
    for i, name in enumerate([
        "処理::読み込み", "값.계산", "模块.函数(参数)", "🚀.launch", "👩‍👩‍👧.family", "e\u0301tude", "بحث.نص",
        "zero\u200bwidth", "tab\there", "new\nline", "escape\x1b[31mred\x1b[0m", "bell\x07", "delete\x7f",
        "nul\x00inside", b"broken \xff\xfe utf-8", " leading and trailing ", "\"quoted\" \\ back",
        "", "percent %s %d", "long" * 500, "\u202eoverride", "ｆｕｌｌｗｉｄｔｈ", "ﷺ",
    ]):
        p.sample([name, "호출자.main"], [100 - 3 * i], [("言語", "日本語"), ("tone", f"\x1b[{i}m")])
    return p


def negative():
    p = Profile(HEAP)
    p.sample(["grow", "update", "main"], [5, 50_000])
    p.sample(["shrink", "update", "main"], [-4, -30_000])
    p.sample(["same", "main"], [3, -3])
    p.sample(["same", "other", "main"], [-2, 2])
    p.sample(["same", "third", "main"], [-1, 1])
    p.sample(["shrink", "main"], [-1, -1 << 20])
    return p


def zero_types():
    p = Profile([("alloc", "count"), ("live", "bytes"), ("free", "bytes")], default="live")
    p.sample(["first", "main"], [12, 0, 0])
    p.sample(["second", "main"], [0, 0, 7])
    p.sample(["second", "first", "main"], [0, 0, 0])
    return p


def one_sample():
    p = Profile([("samples", "count")])
    p.sample(["only"], [1])
    return p


def no_samples():
    return Profile(CPU, period=("cpu", "nanoseconds", 10_000_000), time=1_700_000_000_000_000_000)


def no_frames():
    p = Profile(HEAP)
    p.sample([], [3, 300])
    p.sample(["main"], [1, 100])
    p.sample([], [0, 0])
    return p


def recursion():
    p = Profile(CPU, duration=3_000_000_000)
    for depth in (1, 2, 10, 100, 300):
        p.sample(["leaf"] + ["walk"] * depth + ["main"], [depth, depth * 1_000_000])
    p.sample(["even", "odd"] * 150 + ["main"], [7, 7_000_000])
    p.sample(["walk", "leaf", "walk", "main"], [2, 2_000_000])
    return p


def labels():
    p = Profile(CPU)
    for i in range(8):
        p.sample([f"work{i % 3}", "main"], [1, 1000 * (i + 1)], [
            ("size", 1 << (3 * i), "bytes"), ("wait", 250 * i, "milliseconds"), ("plain", i - 4, ""),
            ("user", "anna" if i % 2 else "bert"), ("user", "carla"), ("request", f"r-{i}"),
        ])
    p.sample(["work0", "main"], [1, 500], [("wait", 900, "microseconds"), ("depth", -5, "levels"), ("empty", "")])
    return p


def columns():
    p = Profile(
        CPU, default="samples", doc="https://example.com/profiles/columns", comments=["made by hand", "#hidden"],
        time=1_600_000_000_123_456_789, duration=1_234_567_890, period=("cpu", "nanoseconds", 1_000_000),
        drop="runtime_.*", keep="runtime_kept")
    binary = p.mapping("/usr/bin/columns", 0x400000, 0x500000, 0, "c01u4n5", (1, 1, 1, 1))
    deep = p.location(
        ("clamp", "_clamp", "src/math.h", 10, 12, 7), ("scale", "_scale", "src/math.h", 20, 25, 31),
        ("draw", "_draw", "src/draw.c", 100, 140, 9), address=0x401234, mapping=binary)
    other = p.location(
        ("clamp", "_clamp", "src/math.h", 10, 12, 7), ("draw", "_draw", "src/draw.c", 100, 141, 5),
        address=0x401300, mapping=binary, folded=1)
    main = p.location(("main", "main", "src/main.c", 1, 8, 3), address=0x400100, mapping=binary)
    also = p.location(("main", "main", "src/main.c", 1, 8, 27), address=0x400108, mapping=binary)
    p.sample([deep, main], [5, 5_000_000])
    p.sample([other, also], [3, 3_000_000])
    p.sample(["runtime_tick", "runtime_kept", main], [1, 1_000_000])
    p.sample(["inner", "runtime_tick", main], [2, 2_000_000])
    return p


def cpp():
    p = Profile(CPU, period=("cpu", "nanoseconds", 10_000_000), duration=9_000_000_000)
    binary = p.mapping("/srv/shop/server", 0x55D0_0000_0000, 0x55D0_0080_0000, 0x1000, "b1e55ed0", (1, 1, 1, 1))
    libc = p.mapping("/lib/x86_64-linux-gnu/libc.so.6", 0x7F00_0000_0000, 0x7F00_0020_0000, 0, "c0ffee", (0, 0, 0, 0))
    kernel = p.mapping("[vdso]", 0x7FFC_0000_0000, 0x7FFC_0000_2000)
    rng = random.Random(1)
    callees = [
        "std::vector<int, std::allocator<int> >::push_back(int const&)",
        "std::__detail::_Map_base<std::string, std::pair<std::string const, shop::Item>, true>::operator[](std::string&&)",
        "shop::Cart::total() const", "shop::(anonymous namespace)::round(double, int)", "operator new(unsigned long)",
        "_ZN4shop5Price6formatEv", "shop::Cart::add(shop::Item&&)::{lambda(auto:1)#2}::operator()(int) const",
    ]
    for i, name in enumerate(callees):
        for step in range(3):
            leaf = p.location(
                (name, name, f"src/part{i}.cc", 10 * i + 1, 10 * i + step + 2, 0),
                address=0x55D0_0001_0000 + 0x100 * i + 8 * step, mapping=binary)
            caller = p.frame("shop::Server::handle(shop::Request const&)", "src/server.cc", 70 + step,
                             address=0x55D0_0002_0000 + step, mapping=binary)
            n = rng.randrange(1, 40)
            p.sample([leaf, caller, p.frame("main", "src/main.cc", 9, address=0x55D0_0000_1000, mapping=binary)], [n, n * 10_000_000])
    for i in range(6):
        bare = p.location(address=0x7F00_0001_0000 + 64 * i, mapping=libc)
        p.sample([bare, "shop::Server::handle(shop::Request const&)"], [i + 1, (i + 1) * 10_000_000])
    p.sample([p.location(address=0x7FFC_0000_0100, mapping=kernel)], [2, 20_000_000])
    p.sample([p.location(address=0xDEAD_BEEF)], [1, 10_000_000])
    return p


def java():
    p = Profile([("cpu", "nanoseconds"), ("wall", "nanoseconds"), ("alloc", "bytes")], default="wall",
                comments=["jvm=21", "sampler=by hand"])
    rng = random.Random(2)
    leaves = [
        "java.util.HashMap.putVal", "com.example.orders.OrderService$$Lambda/0x00007f1c3c0a4b28.apply",
        "com.example.orders.OrderService.lambda$submit$0", "java.lang.String.<init>", "jdk.internal.misc.Unsafe.park",
        "com.example.orders.Órdenes.añadir", "java.util.concurrent.ThreadPoolExecutor$Worker.run",
    ]
    for i, leaf in enumerate(leaves):
        for thread in ("main", "pool-1-thread-1", "pool-1-thread-2"):
            n = rng.randrange(1, 90)
            p.sample([leaf, "com.example.orders.OrderService.submit", "java.lang.Thread.run"],
                     [n * 10_000_000 if i != 4 else 0, n * 12_000_000, n * 4096], [("thread", thread), ("tid", 40 + i, "")])
    return p


def rust():
    p = Profile([("samples", "count"), ("instructions", "count")])
    binary = p.mapping("/usr/local/bin/indexer", 0x10000, 0x90000, 0, "", (1, 1, 1, 1))
    rng = random.Random(3)
    for i, name in enumerate([
        "core::ops::function::FnOnce::call_once{{vtable.shim}}", "<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop",
        "_ZN4core3fmt5write17h0123456789abcdefE", "tokio::runtime::task::raw::poll", "indexer::tree::Node<K,V>::insert",
        "<indexer::Key as core::cmp::Ord>::cmp", "hashbrown::raw::RawTable<T,A>::reserve_rehash", "__rust_alloc",
    ]):
        n = rng.randrange(1, 500)
        inlined = p.location(
            (name, name, "src/tree.rs", 5, 5 + i, 9), ("indexer::tree::walk", "", "src/tree.rs", 40, 44, 13),
            address=0x11000 + 16 * i, mapping=binary)
        p.sample([inlined, "indexer::tree::walk", "indexer::main", "std::rt::lang_start"], [n, n * 1_000_003])
    return p


def big_values():
    p = Profile([("work", "nanoseconds"), ("memory", "bytes"), ("money", "widgets")], default="memory")
    p.sample(["large", "main"], [1 << 55, (1 << 60) + 1, (1 << 53) + 1])
    p.sample(["middle", "main"], [86_400 * 10**9, 5 << 40, 999_999])
    p.sample(["small", "main"], [1, 1, 1])
    return p


def wrapping():
    p = Profile([("delta", "bytes")])
    p.sample(["least", "main"], [-(1 << 63)])
    p.sample(["most", "main"], [(1 << 63) - 1])
    p.sample(["most", "main"], [(1 << 63) - 1])
    return p


def units():
    return_types = [("a", "seconds"), ("b", "ms"), ("c", "GCU"), ("d", ""), ("e", "kilobytes"), ("f", "microseconds")]
    p = Profile(return_types)
    p.sample(["one", "main"], [90, 90_000, 7, 7, 2048, 1_500])
    p.sample(["two", "main"], [3_000, 5, 1, 1, 3, 2])
    return p


def unknown_fields():
    """Sent last field first, lists not packed, with fields of every wire type that nobody knows."""
    p = Profile(CPU)
    p.repeated = unpacked
    p.sample(["leaf", "middle", "main"], [1, 10], [("key", "value")])
    p.sample(["leaf", "main"], [2, 20])
    extra = number(100, 5) + varint(101 << 3 | 1) + b"12345678" + message(102, b"what") + varint(103 << 3 | 5) + b"1234"
    return extra + p.encoded(order=("function", "location", "mapping", "sample")) + extra


MAKERS = {
    "big-values": big_values, "columns": columns, "cpp": cpp, "java": java, "labels": labels, "names": names,
    "negative": negative, "no-frames": no_frames, "no-samples": no_samples, "one-sample": one_sample,
    "recursion": recursion, "rust": rust, "units": units, "wrapping": wrapping, "zero-types": zero_types,
}


def main(folder):
    for name, make in MAKERS.items():
        make().save(f"{folder}/{name}.pb.gz")
    plain = java().encoded()
    half = len(plain) // 2
    for name, content in {
        "plain.pb": plain,
        "two-members.pb.gz": zipped(plain[:half]) + zipped(plain[half:]),
        "unknown-fields.pb.gz": zipped(unknown_fields()),
    }.items():
        with open(f"{folder}/{name}", "wb") as file:
            file.write(content)


main(sys.argv[1])
