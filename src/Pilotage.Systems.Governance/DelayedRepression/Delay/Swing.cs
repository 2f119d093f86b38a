namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>How far a solution swings.</summary>
/// <param name="Amplitude">Half the distance between the extremes of its late part.</param>
/// <param name="Lowest">Least value of the whole solution.</param>
/// <param name="Highest">Greatest value of the whole solution.</param>
internal readonly record struct Swing(double Amplitude, double Lowest, double Highest);
