namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A rule that rents machines for a job. Sees the whole job, its graph included: more than a learned policy does.</summary>
internal interface IJobRule
{
    /// <summary>The wanted additions; the caller holds them to what is legal.</summary>
    /// <param name="run">The running job.</param>
    /// <param name="outlook">What is left of it.</param>
    /// <param name="additions">One per pool, all 0; to be filled.</param>
    void Decide(JobRun run, JobOutlook outlook, Span<int> additions);

    /// <summary>Parameters by name, enough to run the rule elsewhere.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }
}
