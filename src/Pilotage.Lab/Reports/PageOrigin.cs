namespace Pilotage.Lab.Reports;

/// <summary>What a page says of its run beside the report.</summary>
/// <param name="Title">Of the browser's tab: "ppo on CartPole-v1".</param>
/// <param name="Kicker">The line above the answer: what ran, at which scale, on how many seeds.</param>
/// <param name="Command">The command that repeats it.</param>
/// <param name="Configuration">Its <c>config.yaml</c>; empty if there is none.</param>
internal sealed record PageOrigin(string Title, string Kicker, string Command, string Configuration);
