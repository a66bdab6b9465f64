"""ionq_emulator: IonQ's cloud on your own machine: real HTTP, real storage, real simulation."""
