using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Draws times of arrival.</summary>
internal static class ArrivalProcess
{
    // MMPP-2, assumed: a fifth of the time arrivals come four times as fast as in the rest; a burst lasts for ten arrivals of the mean rate.
    private const double BurstShare = 0.2, BurstFactor = 4, BurstLength = 10;

    /// <summary>Ascending times, the first at or after 0.</summary>
    /// <param name="kind">The process.</param>
    /// <param name="count">How many.</param>
    /// <param name="rate">Arrivals per second in the long run; not used for a batch.</param>
    /// <param name="random">The stream to draw from.</param>
    public static double[] Times(ArrivalKind kind, int count, double rate, ref Randomness random)
    {
        var times = new double[count];
        if (kind == ArrivalKind.Batch) return times;
        var calmRate = kind == ArrivalKind.Poisson ? rate : rate / (1 - BurstShare + BurstShare * BurstFactor);
        var (now, isBurst, change) = (0.0, false, kind == ArrivalKind.Poisson ? double.PositiveInfinity : 0.0);
        for (var i = 0; i < count;)
        {
            var next = now + Exponential(ref random) / (isBurst ? BurstFactor * calmRate : calmRate);
            if (next < change)
            {
                times[i++] = now = next;
                continue;
            }
            // The exponential forgets: drawing anew from the moment of the change is the same process.
            isBurst = change > 0 ? !isBurst : random.NextDouble() < BurstShare;
            now = change;
            change += Exponential(ref random) * BurstLength / rate * (isBurst ? 1 : (1 - BurstShare) / BurstShare);
        }
        return times;
    }

    /// <summary>Arrivals per second that keep machines busy to a share.</summary>
    /// <param name="load">Work that comes over work that can be done (rho).</param>
    /// <param name="machines">The machines.</param>
    /// <param name="meanWork">Mean core-seconds at speed 1 of a job.</param>
    public static double Rate(double load, IReadOnlyList<Machine> machines, double meanWork) => load * machines.Sum(machine => machine.Cores * machine.Speed) / meanWork;

    private static double Exponential(ref Randomness random) => -Logarithm.Log(1 - random.NextDouble());
}
