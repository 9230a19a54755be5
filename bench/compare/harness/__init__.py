"""Compares SMTP servers: what a message costs the server, under one load, on one machine."""
