namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What one job under one policy came to.</summary>
/// <param name="Return">Rewards summed: minus the cost in costs of the job on demand, minus what lateness cost.</param>
/// <param name="CostShare">Cost as a share of the job's cost on the cheapest on-demand machines without idle time.</param>
/// <param name="Cost">Money.</param>
/// <param name="MakespanShare">Time to the last task's end as a share of the allowed time; of an unfinished job, the longest time that an episode may last.</param>
/// <param name="HasMissed">Whether the deadline was missed.</param>
/// <param name="IsFinished">Whether all tasks were finished.</param>
/// <param name="Interruptions">Tasks that lost their machine.</param>
/// <param name="LostShare">Work lost, as a share of the job's.</param>
/// <param name="IdleShare">Share of the paid seconds without a task: booting or waiting.</param>
internal readonly record struct JobFigures(
    double Return, double CostShare, double Cost, double MakespanShare, bool HasMissed, bool IsFinished, int Interruptions, double LostShare, double IdleShare)
{
    /// <summary>Sums an ended job up.</summary>
    public static JobFigures Of(JobRun run)
    {
        ref readonly var totals = ref run.Totals;
        return new(
            totals.Return, totals.Cost / run.Model.ReferenceCost(run.Graph.TotalWork), totals.Cost, run.Now / run.Case.DeadlineSeconds, run.HasMissed, run.IsFinished,
            totals.TasksInterrupted, totals.WorkLost / run.Graph.TotalWork, totals.PaidSeconds > 0 ? 1 - totals.BusySeconds / totals.PaidSeconds : 0);
    }
}
