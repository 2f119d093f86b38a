namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What no policy can beat: the job's work at the cheapest prices that its episode offers, and the longest path on the fastest machines.</summary>
/// <remarks>
/// Cost: each unit of work costs at least price / speed of the pool and step in which it is done, and a step of a pool does at most its bound of machines, so
/// filling the cheapest of them first, to the longest time that an episode may last, can not be undercut. Time: no sooner than the boot plus the longest path
/// on the fastest machines, nor before all pools together could do the work. A job that is never finished pays nothing at best, but misses and stays late.
/// </remarks>
internal static class JobBound
{
    /// <summary>Least cost of finishing the job; positive infinity if an episode is too short for its work.</summary>
    public static double Cost(JobCase job, JobModel model)
    {
        var settings = model.Settings;
        var offers = new List<(double Price, double Work)>();
        var last = job.DeadlineSeconds * settings.LongestEpisode;
        for (var step = 0; step * settings.StepSeconds < last; step++)
            for (var pool = 0; pool < model.Pools; pool++)
                if (model.IsOffered(pool, job.Start + step))
                    offers.Add((model.Price(pool, job.Start + step) / model.Speed(pool) / 3600, settings.MaximumMachines * model.Speed(pool) * settings.StepSeconds));
        var (left, cost) = (job.Graph.TotalWork, 0.0);
        foreach (var (price, work) in offers.OrderBy(offer => offer.Price))
        {
            cost += price * Math.Min(left, work);
            left -= work;
            if (left <= 0) return cost;
        }
        return double.PositiveInfinity;
    }

    /// <summary>Least time to the last task's end, seconds.</summary>
    public static double Makespan(JobCase job, JobModel model)
    {
        var speed = 0.0;
        for (var pool = 0; pool < model.Pools; pool++) speed += model.Settings.MaximumMachines * model.Speed(pool);
        return model.Settings.BootSeconds + Math.Max(job.Graph.CriticalPath / model.FastestSpeed, job.Graph.TotalWork / speed);
    }

    /// <summary>Greatest return.</summary>
    public static double Return(JobCase job, JobModel model)
    {
        var settings = model.Settings;
        var late = Math.Max(0, Makespan(job, model) / job.DeadlineSeconds - 1);
        var finished = -Cost(job, model) / model.ReferenceCost(job.Graph.TotalWork) - (late > 1e-9 ? settings.MissWeight + settings.LateWeight * late : 0);
        var given = -settings.MissWeight - settings.LateWeight * (settings.LongestEpisode - 1);
        return Math.Max(finished, given);
    }
}
