namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Days on which policies of hosts are compared with the static rule, which plays them once.</summary>
internal sealed class DayComparison
{
    private readonly HostFleet _fleet;
    private readonly IReadOnlyList<IReadOnlyList<float[]>> _days;
    private readonly (double Energy, double Overload, double Degradation) _usual;

    /// <param name="settings">Sizes, and the static rule's threshold.</param>
    /// <param name="trace">Days are drawn from it.</param>
    /// <param name="days">How many, at least 1.</param>
    /// <param name="seeds">Draws them.</param>
    public DayComparison(ConsolidationSettings settings, CpuTrace trace, int days, SeedTree seeds)
    {
        _fleet = new(settings);
        _days = [.. Enumerable.Range(0, days).Select(day =>
        {
            var random = seeds.Branch(day).Start();
            return trace.Draw(settings.VirtualMachines, ref random);
        })];
        _usual = Sum(new OverloadRule(OverloadKind.Static, settings.Threshold));
    }

    /// <summary>Plays the days.</summary>
    /// <param name="policy">To be judged.</param>
    public RelativeCosts Of(IHostPolicy policy)
    {
        var own = Sum(policy);
        return new(own.Energy / _usual.Energy, own.Overload / Math.Max(1e-9, _usual.Overload), own.Degradation / Math.Max(1e-9, _usual.Degradation));
    }

    private (double Energy, double Overload, double Degradation) Sum(IHostPolicy policy)
    {
        var sum = (Energy: 0.0, Overload: 0.0, Degradation: 0.0);
        foreach (var day in _days)
        {
            var figures = HostDays.Run(_fleet, day, policy);
            sum = (sum.Energy + figures.EnergyKwh, sum.Overload + figures.OverloadShare, sum.Degradation + figures.Degradation);
        }
        return sum;
    }
}
