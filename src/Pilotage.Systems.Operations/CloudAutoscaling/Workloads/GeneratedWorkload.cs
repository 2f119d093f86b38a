using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A made-up load history: daily and half-daily waves, weekends, slow noise, bursts, growth, and Poisson counts. Not fitted to any trace.</summary>
/// <remarks>
/// With t in minutes, d the day and h the hour:
/// rate = base (1 + growth d) week[d mod 7] max(0.05, 1 + A1 sin(2 pi (h - 9) / 24) + A2 sin(4 pi (h - 7) / 24)) exp(x - v/2) (1 + b),
/// x an AR(1) with coefficient rho and innovation sigma (v its variance), b a sum of bursts that start with probability BurstsPerDay / 1440 a minute
/// with height BurstHeight U, U uniform on [0.5, 1.5], and decay by exp(-1 / BurstMinutes) a minute. count = Poisson(rate).
/// </remarks>
internal sealed record GeneratedWorkload
{
    /// <summary>Mean requests per minute before the factors.</summary>
    public double Base { get; init; } = 120;

    public int Days { get; init; } = 30;

    /// <summary>A1, of the daily wave.</summary>
    public double DailyAmplitude { get; init; } = 0.6;

    /// <summary>A2, of the half-daily wave.</summary>
    public double HalfDailyAmplitude { get; init; } = 0.2;

    /// <summary>Load of Saturday and Sunday against other days.</summary>
    public double WeekendFactor { get; init; } = 0.75;

    /// <summary>rho: how much of a minute's noise is left in the next.</summary>
    public double NoisePersistence { get; init; } = 0.97;

    /// <summary>sigma of the noise's innovations, in log load.</summary>
    public double NoiseStep { get; init; } = 0.03;

    public double BurstsPerDay { get; init; } = 2;

    /// <summary>Mean height of a burst against the load without it.</summary>
    public double BurstHeight { get; init; } = 0.6;

    /// <summary>Minutes in which a burst falls to 1/e.</summary>
    public double BurstMinutes { get; init; } = 20;

    /// <summary>Growth a day, as a share of the first day's load.</summary>
    public double GrowthPerDay { get; init; }

    /// <summary>Draws the workload, one step a minute.</summary>
    /// <param name="name">Name of the workload.</param>
    /// <param name="seeds">The only source of randomness.</param>
    public Workload Create(string name, SeedTree seeds)
    {
        var random = seeds.Start();
        var loads = new double[Days * 1440];
        var variance = NoiseStep * NoiseStep / (1 - NoisePersistence * NoisePersistence);
        var (noise, burst, decay) = (0.0, 0.0, Exponential.Exp(-1 / BurstMinutes));
        for (var t = 0; t < loads.Length; t++)
        {
            var (day, hour) = (t / 1440, t % 1440 / 60.0);
            noise = NoisePersistence * noise + NoiseStep * random.NextNormal();
            burst *= decay;
            if (random.NextDouble() < BurstsPerDay / 1440) burst += BurstHeight * random.NextUniform(0.5, 1.5);
            var wave = 1 + DailyAmplitude * Trigonometry.SinCos(2 * Math.PI * (hour - 9) / 24).Sin + HalfDailyAmplitude * Trigonometry.SinCos(4 * Math.PI * (hour - 7) / 24).Sin;
            var week = day % 7 >= 5 ? WeekendFactor : 1;
            loads[t] = Poisson(Base * (1 + GrowthPerDay * day) * week * Math.Max(0.05, wave) * Exponential.Exp(noise - variance / 2) * (1 + burst), ref random);
        }
        return new(name, loads, [new(0, loads.Length, ClockStep: 0)], stepSeconds: 60);
    }

    // By products of uniforms below 50; above, the rounded normal approximation, whose skew no autoscaler could notice.
    private static double Poisson(double mean, ref Randomness random)
    {
        if (mean >= 50) return Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * random.NextNormal()));
        var (count, product, limit) = (0, random.NextDouble(), Exponential.Exp(-mean));
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
