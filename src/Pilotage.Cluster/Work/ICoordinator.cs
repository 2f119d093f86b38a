namespace Pilotage.Cluster.Work;

/// <summary>Hands out work in a cluster. Its one activation lives on some silo; if that dies, it comes up on another, empty.</summary>
[Alias("Pilotage.Coordinator")]
internal interface ICoordinator : IGrainWithStringKey
{
    /// <summary>Key of the one activation.</summary>
    const string Key = "work";

    /// <summary>Opens a job.</summary>
    /// <param name="job">Its name, unique among all askers.</param>
    /// <param name="version">Of the asker's program.</param>
    /// <returns>Why it is refused; <see langword="null"/> if it is open.</returns>
    [Alias("open")]
    Task<string?> Open(string job, string version);

    /// <summary>See <see cref="WorkLedger.Close"/>.</summary>
    [Alias("close")]
    Task Close(string job);

    /// <summary>See <see cref="WorkLedger.Share"/>.</summary>
    [Alias("share")]
    Task<bool> Share(string job, string key, byte[] content);

    /// <summary>See <see cref="WorkLedger.Unshare"/>.</summary>
    [Alias("unshare")]
    Task Unshare(string job, string key);

    /// <summary>See <see cref="WorkLedger.Pull"/>.</summary>
    [Alias("pull")]
    Task<byte[]?> Pull(string job, string key);

    /// <summary>See <see cref="WorkLedger.Submit"/>.</summary>
    [Alias("submit")]
    Task<bool> Submit(string job, WorkTask[] tasks, bool again);

    /// <summary>See <see cref="WorkLedger.Withdraw"/>.</summary>
    [Alias("withdraw")]
    Task Withdraw(string job, string task);

    /// <summary>Gives results, and waits for one if there is none.</summary>
    /// <param name="job">The job.</param>
    /// <param name="acknowledged">Those that the asker has: they are not given again, and their workers may forget them.</param>
    [Alias("collect")]
    Task<Collected> Collect(string job, string[] acknowledged);

    /// <summary>Gives work, and waits for some if there is none.</summary>
    [Alias("acquire")]
    Task<Grant> Acquire(WorkerCard worker);

    /// <summary>See <see cref="WorkLedger.Renew"/>.</summary>
    [Alias("renew")]
    Task<Renewal> Renew(WorkerCard worker, Lease[] leases);

    /// <summary>Takes a result, and waits for its acknowledgement.</summary>
    [Alias("report")]
    Task<ReportState> Report(WorkerCard worker, Lease lease, WorkResult result);

    /// <summary>See <see cref="WorkLedger.Leave"/>.</summary>
    [Alias("leave")]
    Task Leave(string worker, string? reason);

    /// <summary>What there is at this moment.</summary>
    [Alias("status")]
    Task<ClusterStatus> Status();
}
