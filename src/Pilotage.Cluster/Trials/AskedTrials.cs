using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pilotage.Cluster.Asking;
using Pilotage.Cluster.Work;
using Pilotage.Evaluation;

namespace Pilotage.Cluster.Trials;

/// <summary>One study's trials, computed by workers.</summary>
internal sealed class AskedTrials : ITrialRunner
{
    private readonly WorkAsker _asker;
    private readonly string _kind;
    private readonly string _textKey;
    private readonly Lazy<Task> _sharing;
    private int _count;

    /// <summary>Nothing is sent before the first trial.</summary>
    /// <param name="asker">Asks the cluster.</param>
    /// <param name="kind">The program that understands the text.</param>
    /// <param name="text">All that the study is made from.</param>
    public AskedTrials(WorkAsker asker, string kind, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        (_asker, _kind, _textKey) = (asker, kind, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
        _sharing = new(() => asker.ShareAsync(_textKey, content));
    }

    /// <inheritdoc/>
    public FinishedTrial Run(string arm, int seed, CancellationToken cancellation)
    {
        try
        {
            return RunAsync(arm, seed, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RunFailedException("The cluster was closed while a trial was under way.");
        }
    }

    private async Task<FinishedTrial> RunAsync(string arm, int seed, CancellationToken cancellation)
    {
        await _sharing.Value.ConfigureAwait(false);
        // A number too: a trial that was cancelled may be asked for again.
        var id = string.Create(CultureInfo.InvariantCulture, $"{arm} seed {seed} ({_textKey[..6]}.{Interlocked.Increment(ref _count)})");
        var question = JsonSerializer.SerializeToUtf8Bytes(new(_kind, _textKey, arm, seed), TrialWireContext.Default.TrialQuestion);
        var result = await _asker.RunAsync(new(id, TrialWork.Name, question), cancellation).ConfigureAwait(false);
        switch (result.Ending)
        {
            case Ending.UserMistake: throw new UserMistakeException(result.Problems);
            case Ending.RunFailed: throw new RunFailedException(string.Join(Environment.NewLine, result.Problems));
            case Ending.Bug: throw new InvalidOperationException($"A worker found a defect of the program. Its stack trace: {string.Join(Environment.NewLine, result.Problems)}");
            default:
                var answer = JsonSerializer.Deserialize(result.Content, TrialWireContext.Default.TrialAnswer)!;
                return new(answer.Measurements, answer.ElapsedSeconds) { Content = answer.Content };
        }
    }
}
