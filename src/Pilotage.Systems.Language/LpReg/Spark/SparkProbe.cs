using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg.Spark;

/// <summary>Fixed places of test problems where a policy is asked what it would say next: lost ones, where "wait" is useful, and ones on the way to a solution.</summary>
internal sealed class SparkProbe
{
    private readonly SparkCountdownTask _task;
    private readonly SequenceBatch _lost;
    private readonly SequenceBatch _open;

    /// <summary>Chooses the places: one of each kind for each problem.</summary>
    /// <param name="task">The task.</param>
    /// <param name="problems">Test problems.</param>
    public SparkProbe(SparkCountdownTask task, IReadOnlyList<TextProblem> problems)
    {
        _task = task;
        var random = SeedTree.Root(0).Branch("spark probe").Start();
        List<TokenSequence> lost = [], open = [];
        foreach (var problem in problems)
        {
            lost.Add(Place(problem, task.Lost(problem, ref random)));
            // The base task's solutions have no detour, so any beginning of one is open.
            var solution = task.Demonstrate(problem, ref random).Split(' ');
            solution = [.. solution.Skip(Array.LastIndexOf(solution, SparkCountdownTask.Wait) + 1)];
            open.Add(Place(problem, solution[..random.NextInt(solution.Length)]));
        }
        (_lost, _open) = (new(lost), new(open));
    }

    /// <summary>Asks a policy.</summary>
    /// <param name="model">The policy, at temperature 1.</param>
    /// <returns>One of each for each problem: probability of "wait" at the lost place and at the open one, and of all words without meaning together, mean of both.</returns>
    public (double[] UsefulWait, double[] IdleWait, double[] Noise) Ask(LanguageModel model)
    {
        var (lost, open) = (Probabilities(model, _lost), Probabilities(model, _open));
        return ([.. lost.Select(row => (double)row[_task.WaitToken])], [.. open.Select(row => (double)row[_task.WaitToken])],
            [.. lost.Zip(open, (a, b) => _task.NoiseTokens.Sum(token => ((double)a[token] + b[token]) / 2))]);
    }

    private TokenSequence Place(TextProblem problem, string[] words) => new((int[])[.. _task.Tokenizer.Encode(problem.Prompt), .. _task.Tokenizer.Encode(string.Join(' ', words))], new[] { _task.Tokenizer.EndToken });

    private static float[][] Probabilities(LanguageModel model, SequenceBatch places)
    {
        using var step = Step.Begin(model.Parameters.Device, Gradient.None);
        var flat = new float[places.Actions * model.Config.VocabularySize];
        model.Forward(places).LogPi.Exp().Reshape(flat.Length).CopyTo(flat);
        return [.. flat.Chunk(model.Config.VocabularySize)];
    }
}
