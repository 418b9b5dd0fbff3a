package main

import (
	"fmt"

	"leaks/config"
	"leaks/fleet"
	"leaks/gateway"
	"leaks/settings"
)

func runConfigStore(out *output) error { return serveFleet(out, config.NewStore()) }

func runConfigStoreFixed(out *output) error { return serveFleet(out, settings.NewStore()) }

// serveFleet lets the same requests come to any backend.
func serveFleet(out *output, backend gateway.Backend) error {
	service := gateway.NewService(backend)
	clients := fleet.New(24, 1)
	for _, tenant := range clients.Tenants {
		service.Register(tenant)
	}
	return out.growing(9000, func(int) error { return exchange(service, clients) }, service)
}

func exchange(service *gateway.Service, clients *fleet.Fleet) error {
	request := clients.Next()
	if response := service.Serve(request); response.Status >= 400 && response.Status != 404 {
		return fmt.Errorf("%s %s: %d %s", request.Method, request.Path, response.Status, response.Body)
	}
	return nil
}
