namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What a policy of hosts costs on days drawn from the training day: the sum that is the reward's, over the static rule's on the same days.</summary>
internal static class ConsolidationValidation
{
    private const int Days = 4;

    /// <summary>Weighted cost; the static rule's is the sum of the weights.</summary>
    /// <param name="settings">Sizes and weights.</param>
    /// <param name="training">The day that is learned from.</param>
    /// <param name="policy">To be judged.</param>
    /// <param name="seeds">Draws days; no test looks at this branch.</param>
    public static double Cost(ConsolidationSettings settings, CpuTrace training, IHostPolicy policy, SeedTree seeds)
    {
        var (own, usual) = (Sum(policy), Sum(new OverloadRule(OverloadKind.Static, settings.Threshold)));
        return settings.EnergyWeight * own.Energy / usual.Energy + settings.OverloadWeight * own.Overload / Math.Max(1e-9, usual.Overload) + own.Loss / Math.Max(1e-9, usual.Loss);

        (double Energy, double Overload, double Loss) Sum(IHostPolicy judged)
        {
            var (fleet, sum) = (new HostFleet(settings), (Energy: 0.0, Overload: 0.0, Loss: 0.0));
            for (var day = 0; day < Days; day++)
            {
                var random = seeds.Branch(day).Start();
                var figures = HostDays.Run(fleet, training.Draw(settings.VirtualMachines, ref random), judged);
                sum = (sum.Energy + figures.EnergyKwh, sum.Overload + figures.OverloadShare, sum.Loss + figures.Degradation);
            }
            return sum;
        }
    }
}
