namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Only spot machines, as many as finish the work in the time left; none while the price is above the bid.</summary>
/// <param name="Margin">Share of the time left that is kept in reserve.</param>
internal sealed record SpotRule(double Margin) : IJobRule
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("margin", Margin)];

    /// <inheritdoc/>
    public void Decide(JobRun run, JobOutlook outlook, Span<int> additions)
    {
        var type = JobNeed.Type(run, outlook, Margin);
        var speed = run.Model.Speed(type);
        additions[run.Model.Types + type] = JobNeed.Machines(JobNeed.MissingSpeed(run, outlook, Margin, speed), speed);
    }
}
