using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The simulated request service: machines, prices, service level and reward weights. All defaults are assumptions; the survey gives none.</summary>
[Settings]
public sealed partial record ServiceSettings
{
    /// <summary>Requests per minute that one machine serves (mu). Loads are rescaled to it in the study, so there only ratios matter.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double VmRequestsPerMinute { get; init; } = 100;

    /// <summary>Price of one machine for one hour, in any currency. Enters the reward only through the ratio to the mean-load fleet's cost.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double PricePerHour { get; init; } = 0.10;

    /// <summary>Seconds from launch to the first served request; rounded up to whole steps (D). Paid for. 0: at once; hours: only forecasts help.</summary>
    [Range(0.0, 86_400.0)]
    public double BootSeconds { get; init; } = 180;

    /// <summary>Fewest machines, running and booting. At least 1.</summary>
    [Range(1, 100_000)]
    public int MinimumVms { get; init; } = 1;

    /// <summary>Most machines, running and booting. Too few: overload that no policy can avoid.</summary>
    [Range(1, 100_000)]
    public int MaximumVms { get; init; } = 20;

    /// <summary>Machines at the beginning of an episode; 0 takes as many as keep the last load seen at 70 % utilisation.</summary>
    [Range(0, 100_000)]
    public int InitialVms { get; init; }

    /// <summary>Response time of an idle service in seconds (R0).</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double BaseResponseSeconds { get; init; } = 0.1;

    /// <summary>Response time above which a minute violates the service level, in seconds. Below R0 it cannot be met. The default is met up to 80 % utilisation.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double SloSeconds { get; init; } = 0.5;

    /// <summary>Largest response time that is reported, in seconds; the formula grows without bound near full load.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumResponseSeconds { get; init; } = 60;

    /// <summary>Requests that may wait; more are dropped.</summary>
    [Range(0.0, 1e12)]
    public double MaximumBacklog { get; init; } = 2000;

    /// <summary>Billing unit. Hour punishes short-lived machines.</summary>
    public BillingPeriod Billing { get; init; } = BillingPeriod.Second;

    /// <summary>When a machine that is given up stops. Only matters with hourly billing.</summary>
    public TerminationRule Termination { get; init; } = TerminationRule.Immediate;

    /// <summary>Weight of cost in the reward (w_c), per mean-load fleet. 0: always the largest fleet.</summary>
    [Range(0.0, 1e6)]
    public double CostWeight { get; init; } = 1;

    /// <summary>Weight of a violating step in the reward (w_v). 0: always the smallest fleet.</summary>
    [Range(0.0, 1e6)]
    public double ViolationWeight { get; init; } = 2;

    /// <summary>Weight of each machine added or removed (w_a). 0: flapping is free.</summary>
    [Range(0.0, 1e6)]
    public double ChangeWeight { get; init; } = 0.02;

    /// <summary>What makes these settings unusable together with a step length.</summary>
    /// <param name="stepSeconds">Length of a step of the workload.</param>
    /// <returns>All problems; empty if there are none.</returns>
    internal IReadOnlyList<string> Problems(double stepSeconds)
    {
        var problems = new List<string>();
        void Require(bool good, FormattableString problem)
        {
            if (!good) problems.Add(problem.ToString(CultureInfo.InvariantCulture));
        }

        Require(VmRequestsPerMinute > 0 && double.IsFinite(VmRequestsPerMinute), $"vmRequestsPerMinute = {VmRequestsPerMinute}: a machine must serve a positive number of requests per minute. Give the measured capacity of one machine.");
        Require(PricePerHour > 0 && double.IsFinite(PricePerHour), $"pricePerHour = {PricePerHour}: the price must be above 0. Any currency will do.");
        Require(MinimumVms >= 1, $"minimumVms = {MinimumVms}: at least 1 machine is needed.");
        Require(MinimumVms <= MaximumVms, $"minimumVms = {MinimumVms} is above maximumVms = {MaximumVms}. Swap or widen the bounds.");
        Require(InitialVms == 0 || (InitialVms >= MinimumVms && InitialVms <= MaximumVms), $"initialVms = {InitialVms} is outside {MinimumVms}..{MaximumVms}. Use 0 to start by load.");
        Require(BaseResponseSeconds > 0, $"baseResponseSeconds = {BaseResponseSeconds}: must be above 0.");
        Require(SloSeconds > BaseResponseSeconds, $"sloSeconds = {SloSeconds} is not above baseResponseSeconds = {BaseResponseSeconds}: an idle service would already violate it. Raise the service level.");
        Require(MaximumResponseSeconds > SloSeconds, $"maximumResponseSeconds = {MaximumResponseSeconds} is not above sloSeconds = {SloSeconds}: no violation could be seen. Raise it.");
        Require(MaximumBacklog >= 0 && double.IsFinite(MaximumBacklog), $"maximumBacklog = {MaximumBacklog}: must be a finite number of requests, at least 0.");
        Require(BootSeconds >= 0 && BootSeconds < 86_400, $"bootSeconds = {BootSeconds}: a machine must boot within an episode of one day (0 to 86399 s).");
        Require(CostWeight >= 0 && ViolationWeight >= 0 && ChangeWeight >= 0, $"costWeight, violationWeight and changeWeight are {CostWeight}, {ViolationWeight}, {ChangeWeight}: weights must be at least 0.");
        var period = Billing switch { BillingPeriod.Hour => 3600.0, BillingPeriod.Minute => 60.0, _ => stepSeconds };
        Require(period % stepSeconds == 0 || stepSeconds % period == 0, $"billing = {Billing} does not fit steps of {stepSeconds} s: one must be a multiple of the other. Use billing = Second.");
        return problems;
    }
}
