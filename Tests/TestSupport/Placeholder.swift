// TODO: replaced
