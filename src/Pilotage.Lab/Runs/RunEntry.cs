namespace Pilotage.Lab.Runs;

/// <summary>One run of a folder of runs.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Title">What ran: <c>ppo on CartPole-v1</c>; empty if it cannot be told.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Headline">Its answer, or what is wrong with it.</param>
/// <param name="Made">When its configuration was written, in UTC.</param>
public sealed record RunEntry(string Name, string Title, RunStatus Status, string Headline, DateTimeOffset Made);
