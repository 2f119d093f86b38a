using Pilotage.Systems.Operations.CloudAutoscaling;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

/// <summary>Small jobs and markets for tests.</summary>
internal static class JobWorlds
{
    /// <summary>One type of speed 1 at 0.36 an hour (0.0001 a second), five-minute steps, no boot, no checkpoints, bid at half the price: numbers for the hand.</summary>
    public static readonly JobSettings Plain = new()
    {
        Speeds = [1], PricesPerHour = [0.36], BootSeconds = 0, CheckpointSeconds = 0, BidShare = 0.5, MaximumMachines = 4, LargestAddition = 2,
    };

    /// <summary>A market of one type by its prices an hour, step by step.</summary>
    public static SpotMarket Market(params double[] prices) => new([prices]);

    public static JobModel Model(JobSettings? settings = null, params double[] prices) => new(settings ?? Plain, Market(prices.Length > 0 ? prices : [0.09]));

    public static JobRun Run(JobModel model, double deadline, params JobTask[] tasks)
    {
        var run = new JobRun(model, tasks.Length);
        run.Reset(new(TaskGraph.Create(tasks), deadline, Start: 0));
        return run;
    }

    public static JobTask Task(string name, double work, params string[] after) => new(name, work, after);
}
