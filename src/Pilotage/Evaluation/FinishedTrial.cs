namespace Pilotage.Evaluation;

/// <summary>What is left of a trial when it has ended.</summary>
/// <param name="Measurements">All that the arm measured.</param>
/// <param name="ElapsedSeconds">How long it took; outside of what repeats bit for bit.</param>
public sealed record FinishedTrial(IReadOnlyList<Measurement> Measurements, double ElapsedSeconds)
{
    /// <summary>What is no measurement, such as a trained policy; empty in studies. No store keeps it.</summary>
    public byte[] Content { get; init; } = [];
}
