namespace Pilotage.Credit;

/// <summary>Numbers of <see cref="VTrace"/>.</summary>
/// <param name="Discount">gamma, in [0, 1].</param>
/// <param name="TraceDecay">lambda, in [0, 1]; 0 gives one-step errors, 1 the whole trace.</param>
/// <param name="RatioCut">rho-bar, above 0: largest weight of an error. Below 1 the value found is that of a policy nearer to the one that acted; large values are noisy.</param>
/// <param name="TraceCut">c-bar, above 0 and at most <paramref name="RatioCut"/>: largest weight of what comes later. Changes speed and noise, not what is found.</param>
public readonly record struct VTraceSettings(double Discount, double TraceDecay = 1, double RatioCut = 1, double TraceCut = 1);
