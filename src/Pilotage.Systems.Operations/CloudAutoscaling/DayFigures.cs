namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What one day under one policy came to.</summary>
/// <param name="Return">Mean reward of a step; the study's main metric.</param>
/// <param name="Cost">Money of the day.</param>
/// <param name="ViolationShare">Share of steps that violate the service level.</param>
/// <param name="RequestViolationShare">Share of requests that arrive in such steps; 0 on a day without requests.</param>
/// <param name="MeanResponse">Mean response of the steps, seconds.</param>
/// <param name="Response95">95th percentile of the steps' response, seconds.</param>
/// <param name="OverProvisioning">Mean machines that serve above the fewest that meet the service level.</param>
/// <param name="UnderProvisioning">Mean machines missing below it.</param>
/// <param name="ScalingActions">Steps with a change (instability).</param>
/// <param name="DroppedShare">Share of requests dropped.</param>
internal readonly record struct DayFigures(
    double Return, double Cost, double ViolationShare, double RequestViolationShare, double MeanResponse, double Response95,
    double OverProvisioning, double UnderProvisioning, double ScalingActions, double DroppedShare)
{
    /// <summary>Works the figures out of a day's steps.</summary>
    /// <param name="steps">All steps of the day.</param>
    /// <param name="model">Gives the fewest machines that a load needs.</param>
    public static DayFigures Of(ReadOnlySpan<ServiceStep> steps, ServiceModel model)
    {
        var responses = new double[steps.Length];
        var (reward, cost, violations, load, late, over, under, changes, dropped) = (0.0, 0.0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0.0);
        for (var i = 0; i < steps.Length; i++)
        {
            ref readonly var step = ref steps[i];
            responses[i] = step.Response;
            reward += step.Reward;
            cost += step.Cost;
            load += step.Load;
            dropped += step.Dropped;
            if (step.Change != 0) changes++;
            if (step.IsViolation)
            {
                violations++;
                late += step.Load;
            }
            var surplus = step.Serving - model.SmallestFleet(step.Load);
            if (surplus > 0) over += surplus;
            else under -= surplus;
        }
        var mean = responses.Average();
        Array.Sort(responses);
        var count = steps.Length;
        return new(
            reward / count, cost, (double)violations / count, load > 0 ? late / load : 0, mean, responses[(int)Math.Ceiling(0.95 * count) - 1],
            over / count, under / count, changes, load > 0 ? dropped / load : 0);
    }
}
