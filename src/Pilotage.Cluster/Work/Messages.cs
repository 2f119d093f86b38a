namespace Pilotage.Cluster.Work;

/// <summary>Who a worker is. Sent with every request, so that a coordinator that has just come up knows it too.</summary>
/// <param name="Name">Unique in the cluster, such as <c>host-4711</c>.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Slots">Pieces of work that it computes at once.</param>
/// <param name="Kinds">The kinds of work that it understands.</param>
[GenerateSerializer, Immutable]
internal sealed record WorkerCard([property: Id(0)] string Name, [property: Id(1)] string Version, [property: Id(2)] int Slots, [property: Id(3)] string[] Kinds);

/// <summary>One piece of work: a pure function's input.</summary>
/// <param name="Id">Unique within its job; the same piece has the same name when it is handed in again.</param>
/// <param name="Kind">Names the <see cref="IWorkProgram"/>.</param>
/// <param name="Payload">What only that program understands.</param>
[GenerateSerializer, Immutable]
internal sealed record WorkTask([property: Id(0)] string Id, [property: Id(1)] string Kind, [property: Id(2)] byte[] Payload);

/// <summary>The right of one worker to compute one piece of work, until it expires.</summary>
/// <param name="Job">The job.</param>
/// <param name="Task">The piece of work.</param>
/// <param name="Epoch">The coordinator's life that gave it.</param>
/// <param name="Number">Unique within the epoch.</param>
[GenerateSerializer, Immutable]
internal sealed record Lease([property: Id(0)] string Job, [property: Id(1)] string Task, [property: Id(2)] string Epoch, [property: Id(3)] long Number);

/// <summary>Answer to a worker that asks for work.</summary>
/// <param name="Refusal">Why this worker gets none, ever; <see langword="null"/> if it may ask again.</param>
/// <param name="Lease">The right to compute; <see langword="null"/> if nothing was to do.</param>
/// <param name="Task">The piece of work.</param>
/// <param name="RenewEvery">How often leases must be renewed.</param>
[GenerateSerializer, Immutable]
internal sealed record Grant([property: Id(0)] string? Refusal, [property: Id(1)] Lease? Lease, [property: Id(2)] WorkTask? Task, [property: Id(3)] TimeSpan RenewEvery);

/// <summary>Answer to a worker that renews its leases.</summary>
/// <param name="Lost">No longer the worker's: it stops computing them.</param>
/// <param name="Orphaned">Of a job that this coordinator, which came up later, does not know yet: the worker goes on for a while.</param>
[GenerateSerializer, Immutable]
internal sealed record Renewal([property: Id(0)] Lease[] Lost, [property: Id(1)] Lease[] Orphaned);

/// <summary>How a piece of work ended.</summary>
internal enum Ending
{
    /// <summary>With what it computes.</summary>
    Done,

    /// <summary>It refused its input; the problems are told.</summary>
    UserMistake,

    /// <summary>It could not go on, or no worker survived it.</summary>
    RunFailed,

    /// <summary>A defect of the program; the text is its stack trace.</summary>
    Bug,
}

/// <summary>What a piece of work left.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Content">What it computed, when done.</param>
/// <param name="Problems">The messages, when not.</param>
[GenerateSerializer, Immutable]
internal sealed record WorkResult([property: Id(0)] Ending Ending, [property: Id(1)] byte[] Content, [property: Id(2)] string[] Problems)
{
    /// <summary>A result.</summary>
    public static WorkResult Of(byte[] content) => new(Ending.Done, content, []);

    /// <summary>A failure.</summary>
    public static WorkResult Failed(Ending ending, params string[] problems) => new(ending, [], problems);
}

/// <summary>What became of a report.</summary>
internal enum ReportState
{
    /// <summary>Taken, and not yet with the one who asked: report again until it is.</summary>
    Held,

    /// <summary>With the one who asked: the worker may forget it.</summary>
    Acknowledged,

    /// <summary>The lease had expired or the job has ended: the worker forgets it.</summary>
    Refused,

    /// <summary>The coordinator came up later and does not know the job yet: report again.</summary>
    Unknown,
}

/// <summary>A piece of work that has ended.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Result">What it left.</param>
/// <param name="Worker">Who computed it.</param>
[GenerateSerializer, Immutable]
internal sealed record Finished([property: Id(0)] string Task, [property: Id(1)] WorkResult Result, [property: Id(2)] string Worker);

/// <summary>Answer to the one who collects results.</summary>
/// <param name="IsKnown">Whether the coordinator knows the job; if not, it came up later and everything must be handed in again.</param>
/// <param name="Results">Those that are not acknowledged yet.</param>
/// <param name="Workers">Workers that are alive.</param>
[GenerateSerializer, Immutable]
internal sealed record Collected([property: Id(0)] bool IsKnown, [property: Id(1)] Finished[] Results, [property: Id(2)] int Workers);

/// <summary>A cluster at one moment.</summary>
/// <param name="Version">Of the program that the coordinator runs in.</param>
/// <param name="Silo">Where the coordinator lives.</param>
/// <param name="Epoch">Which of its lives this is.</param>
/// <param name="Workers">Those alive, by name.</param>
/// <param name="Jobs">Those open.</param>
/// <param name="Queued">Pieces of work that wait.</param>
/// <param name="Leased">Pieces of work that are computed.</param>
[GenerateSerializer, Immutable]
internal sealed record ClusterStatus(
    [property: Id(0)] string Version, [property: Id(1)] string Silo, [property: Id(2)] string Epoch, [property: Id(3)] WorkerCard[] Workers, [property: Id(4)] int Jobs, [property: Id(5)] int Queued,
    [property: Id(6)] int Leased);
