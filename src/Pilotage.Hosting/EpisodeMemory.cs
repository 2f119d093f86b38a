namespace Pilotage.Hosting;

/// <summary>What a policy remembers of one running episode, kept by whoever asks it and given back with the next observation.</summary>
/// <param name="Version">Which policy remembers: the hash of its parameters.</param>
/// <param name="Values">Its numbers; they mean nothing to another policy.</param>
public sealed record EpisodeMemory(string Version, ReadOnlyMemory<float> Values);
