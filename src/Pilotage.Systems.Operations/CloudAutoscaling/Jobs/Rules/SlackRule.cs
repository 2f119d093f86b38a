namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Spot machines while there is time to lose one, on-demand machines when there is not: the usual advice for deadlines.</summary>
/// <remarks>
/// Slack is the time left less the longest path on the fastest machines, as a share of the allowed time. While on-demand is called for, spot machines that
/// run are left to work but are not counted on. With enough slack, an outbid market is waited for.
/// </remarks>
/// <param name="Fallback">Slack below which on-demand machines are taken, in [0, 1]. 1: always; 0: never before it is too late.</param>
/// <param name="Margin">Share of the time left that is kept in reserve.</param>
internal sealed record SlackRule(double Fallback, double Margin) : IJobRule
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("fallback", Fallback), new("margin", Margin)];

    /// <inheritdoc/>
    public void Decide(JobRun run, JobOutlook outlook, Span<int> additions)
    {
        var model = run.Model;
        var slack = (run.TimeLeft - outlook.Path / model.FastestSpeed) / run.Case.DeadlineSeconds;
        var type = JobNeed.Type(run, outlook, Margin);
        var speed = model.Speed(type);
        var missing = JobNeed.MissingSpeed(run, outlook, Margin, speed);
        if (slack >= Fallback)
        {
            additions[model.Types + type] = JobNeed.Machines(missing, speed);
            return;
        }
        foreach (ref readonly var machine in run.Machines)
            if (model.IsSpot(machine.Pool)) missing += model.Speed(machine.Pool);
        additions[type] = JobNeed.Machines(missing, speed);
    }
}
