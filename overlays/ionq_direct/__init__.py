"""ionq_direct: a client for IonQ's quantum cloud, careful with money and right about counts."""
