namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Settings in the units of a step, worked out once and shared by all rows. Immutable.</summary>
internal sealed class ServiceModel
{
    /// <summary>The largest change of one step, in machines; the action set is -2..+2.</summary>
    public const int LargestChange = 2;

    /// <summary>Above this utilisation the response formula adds waiting for the backlog instead of growing without bound.</summary>
    public const double SaturationUtilisation = 0.95;

    /// <param name="settings">Checked settings.</param>
    /// <param name="stepSeconds">Length of a step.</param>
    /// <param name="meanLoad">Mean load of the training days, requests per step; never of test days.</param>
    public ServiceModel(ServiceSettings settings, double stepSeconds, double meanLoad)
    {
        UserMistakeException.ThrowIfAny(settings.Problems(stepSeconds));
        Settings = settings;
        StepSeconds = stepSeconds;
        VmRequests = settings.VmRequestsPerMinute * stepSeconds / 60;
        BootSteps = (int)Math.Ceiling(settings.BootSeconds / stepSeconds - 1e-9);
        var periodSeconds = settings.Billing switch { BillingPeriod.Hour => 3600.0, BillingPeriod.Minute => 60.0, _ => stepSeconds };
        PeriodSteps = Math.Max(1, (int)(periodSeconds / stepSeconds));
        PeriodPrice = settings.PricePerHour * PeriodSteps * stepSeconds / 3600;
        MeanFleet = Math.Max(settings.MinimumVms, meanLoad / VmRequests);
        MeanFleetCost = MeanFleet * settings.PricePerHour * stepSeconds / 3600;
    }

    public ServiceSettings Settings { get; }

    /// <summary>Length of a step in seconds (dt).</summary>
    public double StepSeconds { get; }

    /// <summary>Requests that one machine serves in a step (mu dt).</summary>
    public double VmRequests { get; }

    /// <summary>Steps from launch to the first served request (D).</summary>
    public int BootSteps { get; }

    /// <summary>Steps of a billing period, at least 1.</summary>
    public int PeriodSteps { get; }

    /// <summary>Price of one machine for one billing period.</summary>
    public double PeriodPrice { get; }

    /// <summary>Machines that the mean load fills exactly; the unit of cost in the reward.</summary>
    public double MeanFleet { get; }

    /// <summary>Cost of <see cref="MeanFleet"/> for one step.</summary>
    public double MeanFleetCost { get; }

    /// <summary>Reward lost by one machine in one step under billing by the step.</summary>
    public double VmStepPenalty => Settings.CostWeight / MeanFleet;

    /// <summary>Utilisation of <paramref name="vms"/> machines by backlog and load, in [0, 1].</summary>
    public double Utilisation(int vms, double demand) => Math.Min(1, demand / (vms * VmRequests));

    /// <summary>Response time: R0 / (1 - u) up to saturation; beyond, its value there plus the wait for the backlog left; capped.</summary>
    /// <param name="utilisation">u in [0, 1].</param>
    /// <param name="vms">Serving machines.</param>
    /// <param name="backlog">q' left after the step.</param>
    public double Response(double utilisation, int vms, double backlog)
    {
        var response = utilisation <= SaturationUtilisation
            ? Settings.BaseResponseSeconds / (1 - utilisation)
            : Settings.BaseResponseSeconds / (1 - SaturationUtilisation) + backlog / (vms * VmRequests) * StepSeconds;
        return Math.Min(response, Settings.MaximumResponseSeconds);
    }

    /// <summary>Whether a response violates the service level. The tolerance keeps exactly met levels met in floating point.</summary>
    public bool Violates(double response) => response > Settings.SloSeconds * (1 + 1e-9);

    /// <summary>Fewest machines that serve a steady load within the service level, within the bounds.</summary>
    public int SmallestFleet(double load)
    {
        for (var vms = Settings.MinimumVms; vms < Settings.MaximumVms; vms++)
            if (load <= vms * VmRequests && !Violates(Response(Utilisation(vms, load), vms, 0))) return vms;
        return Settings.MaximumVms;
    }

    /// <summary>Machines at the beginning of an episode.</summary>
    /// <param name="lastLoad">Load of the step before.</param>
    public int InitialVms(double lastLoad) => Settings.InitialVms > 0
        ? Settings.InitialVms
        : Math.Clamp((int)Math.Ceiling(lastLoad / (0.7 * VmRequests) - 1e-6), Settings.MinimumVms, Settings.MaximumVms);
}
