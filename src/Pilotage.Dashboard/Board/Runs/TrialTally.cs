namespace Pilotage.Dashboard.Board.Runs;

/// <summary>What an arm of a comparison has finished so far. No verdict is drawn from half a comparison, so there is no interval.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Trials">Trials that ended.</param>
/// <param name="Metric">The first thing that they measured.</param>
/// <param name="Mean">Its mean over trials, each trial being the mean of its instances; <see langword="null"/> for none.</param>
/// <param name="Seconds">Of all trials together.</param>
public sealed record TrialTally(string Arm, int Trials, string Metric, double? Mean, double Seconds);
