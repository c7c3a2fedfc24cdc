"""Ce que le serveur et le client ont en commun."""
