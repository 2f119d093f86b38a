namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>How many machines a job needs to be done in time, as the simple rules reckon it.</summary>
internal static class JobNeed
{
    /// <summary>Time that may be planned with: what is left, less a margin, less the boot of a new machine; at least one step.</summary>
    /// <param name="run">The running job.</param>
    /// <param name="margin">Share of the time left that is kept in reserve, in [0, 1).</param>
    public static double Seconds(JobRun run, double margin)
    {
        var settings = run.Model.Settings;
        return Math.Max(settings.StepSeconds, run.TimeLeft * (1 - margin) - settings.BootSeconds);
    }

    /// <summary>The cheapest type by work that is fast enough for the longest path; the fastest if none is.</summary>
    public static int Type(JobRun run, JobOutlook outlook, double margin)
    {
        var (model, seconds, best) = (run.Model, Seconds(run, margin), -1);
        for (var type = 0; type < model.Types; type++)
            if (outlook.Path / model.Speed(type) <= seconds && (best < 0 || WorkPrice(model, type) < WorkPrice(model, best))) best = type;
        if (best >= 0) return best;
        for (var type = best = 0; type < model.Types; type++)
            if (model.Speed(type) > model.Speed(best)) best = type;
        return best;
    }

    /// <summary>Speed that is missing: the work left over the time, no more than one machine for each task that could run, less what is rented.</summary>
    /// <param name="run">The running job.</param>
    /// <param name="outlook">What is left.</param>
    /// <param name="margin">As in <see cref="Seconds"/>.</param>
    /// <param name="speed">Of the machines that would be added.</param>
    public static double MissingSpeed(JobRun run, JobOutlook outlook, double margin, double speed)
    {
        var useful = (run.ReadyCount + run.WorkingCount) * speed;
        var wanted = Math.Clamp(outlook.Work / Seconds(run, margin), Math.Min(speed, useful), useful);
        foreach (ref readonly var machine in run.Machines) wanted -= run.Model.Speed(machine.Pool);
        return wanted;
    }

    /// <summary>Machines that fill a missing speed; a thousandth of a machine is rounding, not need.</summary>
    public static int Machines(double missing, double speed) => missing <= 0 ? 0 : (int)Math.Ceiling(missing / speed - 1e-3);

    private static double WorkPrice(JobModel model, int type) => model.Settings.PricesPerHour[type] / model.Speed(type);
}
