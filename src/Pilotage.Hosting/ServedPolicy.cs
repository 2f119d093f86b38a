using System.Buffers;
using Microsoft.Extensions.Logging;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Training;

namespace Pilotage.Hosting;

/// <summary>A policy of a folder, kept up to date: a newer one takes over between two decisions, a broken one is refused and the old one decides on.</summary>
/// <remarks>
/// Thread-safe; decisions of several threads run at the same time and never wait for a reload. The folder is looked at by time and not by file events, which
/// network shares and containers lose. A newer policy must have the observations and actions of the first one.
/// </remarks>
public sealed partial class ServedPolicy : IPolicy, IDisposable
{
    private readonly string _path;
    private readonly SeedTree _seeds;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _reloading = new();
    private volatile LoadedPolicy _current;
    private PolicyStamp? _doubted;
    private PolicyStamp? _refused;

    /// <summary>Reads the policy and begins to look for newer ones.</summary>
    /// <param name="path">A policy's folder, a run's folder, or a folder of runs: then the policy that was written last.</param>
    /// <param name="options">How often to look, and what to expect.</param>
    /// <param name="logger">Told of every change and refusal.</param>
    /// <param name="clock">Gives the times to look; none of it reaches a decision.</param>
    /// <exception cref="UserMistakeException">There is no policy, it cannot be used, or it is for other observations or actions than the options say.</exception>
    public ServedPolicy(string path, ServedPolicyOptions options, ILogger<ServedPolicy> logger, TimeProvider clock)
    {
        (_path, _logger, _seeds) = (path, logger, SeedTree.Root(options.Seed).Actions);
        _current = Read(PolicyStamp.Newest(path) ?? throw NoPolicy(path), options.Environment);
        LogLoaded(_current.Path, _current.Manifest.Environment.Name, _current.Manifest.ParameterHash);
        _timer = clock.CreateTimer(static self => ((ServedPolicy)self!).Refresh(), this, options.ReloadEvery, options.ReloadEvery);
    }

    /// <summary>What the policy that decides now says of itself.</summary>
    public PolicyManifest Manifest => _current.Manifest;

    /// <summary>The folder of the policy that decides now.</summary>
    public string Folder => _current.Path;

    /// <summary>Which policy decides now: the hash of its parameters.</summary>
    public string Version => _current.Manifest.ParameterHash;

    /// <summary>Looks for a newer policy at once.</summary>
    /// <returns>Whether another policy decides from now on.</returns>
    public bool Refresh()
    {
        lock (_reloading)
        {
            PolicyStamp stamp;
            try
            {
                if (PolicyStamp.Newest(_path) is not { } newest || newest == _current.Stamp || newest == _refused) return false;
                stamp = newest;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(_path, failure.Message, Version);
                return false;
            }
            try
            {
                var before = Version;
                _current = Read(stamp, _current.Manifest.Environment);
                LogReplaced(_current.Path, Version, before);
                return true;
            }
            catch (UserMistakeException) when (_doubted != stamp)
            {
                _doubted = stamp;                        // perhaps half written: refused if it is still so the next time
                return false;
            }
            catch (UserMistakeException mistake)
            {
                _refused = stamp;                        // told once; looked at again when its files change
                LogRefused(stamp.Path, mistake.Message, Version);
                return false;
            }
        }
    }

    /// <summary>Decides for one observation, without memory of the ones before.</summary>
    /// <param name="observation">As the environment shows it, unscaled; as many numbers as <see cref="Manifest"/> says.</param>
    /// <param name="legal">One flag for each action; empty where the space has no mask.</param>
    /// <returns>The action and which policy chose it.</returns>
    /// <exception cref="UserMistakeException">The observation has another size or a number that is not finite, or the mask has another size or forbids everything (PIL0902 to PIL0905).</exception>
    public PolicyDecision Decide(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal = default)
    {
        var current = _current;                          // one policy from check to answer
        return ObservationCheck.Problem(current.Manifest.Environment, observation, legal) is { } problem
            ? throw new UserMistakeException(problem.ToString())
            : current.Decide(observation, legal);
    }

    /// <summary>Decides for several observations at once, each with the memory that the caller keeps for it.</summary>
    /// <param name="rows">Observations, at least 1.</param>
    /// <param name="observations">Row-major [rows, size], unscaled.</param>
    /// <param name="legal">Row-major [rows, legal count]; empty where the space has no mask, or all is legal.</param>
    /// <param name="memories">One a row: what <see cref="PolicyBatchDecision.Memories"/> held after the row's decision before, <see langword="null"/> where an episode begins. Empty for none.</param>
    /// <returns>All actions, chosen by one and the same policy. A memory of another policy than that one begins anew.</returns>
    /// <exception cref="UserMistakeException">A row cannot be decided, as in <see cref="Decide"/>, or a memory has another size (PIL0907). Of several rows the message names the first.</exception>
    /// <exception cref="ArgumentException">The lengths do not fit the rows.</exception>
    public PolicyBatchDecision DecideBatch(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal = default, IReadOnlyList<EpisodeMemory?>? memories = null)
    {
        var current = _current;
        if (rows < 1 || observations.Length % rows != 0 || legal.Length % rows != 0 || (memories is { Count: > 0 } && memories.Count != rows))
            throw new ArgumentException($"{observations.Length} numbers, {legal.Length} flags and {memories?.Count ?? 0} memories do not divide among {rows} rows.", nameof(rows));
        var (size, width) = (observations.Length / rows, legal.Length / rows);
        for (var row = 0; row < rows; row++)
        {
            if (ObservationCheck.Problem(current.Manifest.Environment, observations.Slice(row * size, size), legal.Slice(row * width, width)) is { } problem)
                throw new UserMistakeException((rows == 1 ? problem : problem with { What = $"Row {row}: {problem.What}" }).ToString());
        }
        return current.DecideBatch(rows, observations, legal, memories ?? []);
    }

    /// <inheritdoc/>
    public PolicyMemory CreateMemory(int rows) => new Memory(_current, rows);

    /// <inheritdoc/>
    /// <remarks>A memory belongs to the policy that made it; where a newer one has taken over, it begins anew.</remarks>
    /// <exception cref="ArgumentException"><paramref name="memory"/> is not from this object's <see cref="CreateMemory"/>.</exception>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        if (memory is not Memory own) throw new ArgumentException($"The memory must come from this policy's CreateMemory({frames.Rows}).", nameof(memory));
        own.MoveTo(_current);
        own.Owner.Policy.Act(frames, own.Inner, ref random, actions);
    }

    /// <summary>Ends the looking for newer policies.</summary>
    public void Dispose() => _timer.Dispose();

    private LoadedPolicy Read(PolicyStamp stamp, EnvironmentSpec? environment)
    {
        var manifest = PolicyFile.ReadManifest(stamp.Path);
        var policy = PolicyFile.Load(stamp.Path, environment);
        // Another process may write between the two reads; its files have another stamp and are looked at next time.
        return ParameterHash.Of(policy.Weights) == manifest.ParameterHash
            ? new(policy, manifest, stamp.Path, stamp, _seeds)
            : throw new UserMistakeException(new Mistake("PIL0906", $"{stamp.Path} is being written.", "", "It is looked at again.").ToString());
    }

    internal static UserMistakeException NoPolicy(string path) => new(new Mistake(
        "PIL0901", $"{path} holds no policy.", "", "Give the folder of a policy, of a finished run, or of runs one of which is finished.").ToString());

    [LoggerMessage(1, LogLevel.Information, "Policy {Path} for {Environment} decides; parameters {Version}.")]
    private partial void LogLoaded(string path, string environment, string version);

    [LoggerMessage(2, LogLevel.Information, "Policy {Path} takes over; parameters {Version}, before {Before}.")]
    private partial void LogReplaced(string path, string version, string before);

    [LoggerMessage(3, LogLevel.Warning, "Policy {Path} is refused, {Version} decides on. {Reason}")]
    private partial void LogRefused(string path, string reason, string version);

    [LoggerMessage(4, LogLevel.Warning, "{Path} cannot be looked at ({Reason}), {Version} decides on.")]
    private partial void LogUnreadable(string path, string reason, string version);

    private sealed class Memory(LoadedPolicy owner, int rows) : PolicyMemory
    {
        public LoadedPolicy Owner { get; private set; } = owner;

        public PolicyMemory Inner { get; private set; } = owner.Policy.CreateMemory(rows);

        public void MoveTo(LoadedPolicy current)
        {
            if (ReferenceEquals(Owner, current)) return;
            (Owner, Inner) = (current, current.Policy.CreateMemory(rows));
        }

        public override void ResetRow(int row) => Inner.ResetRow(row);

        public override int RowSize => Inner.RowSize;

        public override void CopyRow(int row, Span<float> values) => Inner.CopyRow(row, values);

        public override void RestoreRow(int row, ReadOnlySpan<float> values) => Inner.RestoreRow(row, values);

        public override void Save(IBufferWriter<byte> writer) => Inner.Save(writer);

        public override void Load(ref SequenceReader<byte> reader) => Inner.Load(ref reader);
    }
}
