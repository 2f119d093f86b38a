using Pilotage.Distributions;
using Pilotage.Evaluation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>Trains a learner of the laboratory and measures what became of its policy.</summary>
/// <param name="lab">The laboratory.</param>
internal sealed class MiniLabEvaluation(MiniLab lab)
{
    private const int ScoredAnswers = 4;                 // of each test problem, for entropy and divergence
    private const int TokenBudget = 16_384;

    /// <summary>Trains for the laboratory's steps, with a point of the curve every few, and measures the end.</summary>
    /// <param name="run">The trial.</param>
    /// <param name="learner">What trains the trial's model.</param>
    /// <param name="more">Further measurements after training.</param>
    /// <param name="cancellation">Stops the work between two tokens.</param>
    /// <returns>All measurements.</returns>
    public IReadOnlyList<Measurement> Train(MiniLabTrial run, ILanguageLearner learner, Func<MiniLabTrial, ILanguageLearner, IEnumerable<Measurement>>? more, CancellationToken cancellation)
    {
        var (task, measured, points) = (lab.Task.Name, new List<Measurement>(), new List<double>());
        var figures = new Dictionary<string, List<double>>();
        var (learning, evaluating) = (0.0, 0.0);
        while (true)
        {
            if (learner.Steps % lab.Config.CurveEvery == 0 || learner.Steps >= lab.Config.Steps)
            {
                var began = TimeProvider.System.GetTimestamp();
                points.Add(Pass1(learner.Model, run.Seeds.Branch("curve"), cancellation));
                measured.Add(new(MiniLabMetrics.CurvePass1, MiniLabMetrics.Instance(task, learner.Steps), points[^1]));
                evaluating += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            }
            if (learner.Steps >= lab.Config.Steps) break;
            var start = TimeProvider.System.GetTimestamp();
            learner.Iterate(cancellation);
            learning += TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            foreach (var (name, value) in learner.Diagnostics)
            {
                if (!figures.TryGetValue(name, out var values)) figures.Add(name, values = []);
                values.Add(value);
                if (name is "reward" or "entropy") measured.Add(new($"curve_{name}", MiniLabMetrics.Instance(task, learner.Steps), value));
            }
        }
        measured.Add(new(MiniLabMetrics.Area, task, points.Average()));
        foreach (var name in new[] { MiniLabMetrics.RatioMean, MiniLabMetrics.RatioVariance, MiniLabMetrics.ClipFraction })
        {
            if (figures.TryGetValue(name, out var values)) measured.Add(new(name, task, values.Average()));
        }
        measured.Add(new(MiniLabMetrics.DecodedTokens, task, run.DecodedTokens));
        var final = TimeProvider.System.GetTimestamp();
        measured.AddRange(Final(learner.Model, run.Seeds, cancellation));
        if (more is not null) measured.AddRange(more(run, learner));
        evaluating += TimeProvider.System.GetElapsedTime(final).TotalSeconds;
        measured.Add(Measurement.Timing("generate", run.DrawingSeconds));
        measured.Add(Measurement.Timing("learn", learning - run.DrawingSeconds));
        measured.Add(Measurement.Timing("evaluate", evaluating));
        measured.Add(Measurement.Timing("steps", learner.Steps));
        return measured;
    }

    /// <summary>Share of correct answers to the test problems, a few answers each: a point of a curve.</summary>
    /// <param name="model">What answers.</param>
    /// <param name="seeds">The same at every point, so that points differ by the policy alone.</param>
    /// <param name="cancellation">Stops the work between two tokens.</param>
    /// <returns>In [0, 1].</returns>
    public double Pass1(LanguageModel model, SeedTree seeds, CancellationToken cancellation) =>
        lab.Sampler(model).Sample(lab.TestProblems, lab.Config.CurveSamples, seeds, 0, cancellation).Average(group => group.Responses.Average(response => response.Reward > 0 ? 1.0 : 0));

    /// <summary>pass@k and distinct solutions by problem; entropy, divergence from the warm start and length of the policy.</summary>
    /// <param name="model">What answers.</param>
    /// <param name="seeds">The trial's; only its evaluation branch is drawn from.</param>
    /// <param name="cancellation">Stops the work between two tokens.</param>
    /// <returns>The measurements.</returns>
    public IReadOnlyList<Measurement> Final(LanguageModel model, SeedTree seeds, CancellationToken cancellation)
    {
        var (task, measured) = (lab.Task, new List<Measurement>());
        var groups = lab.Sampler(model).Sample(lab.TestProblems, lab.Config.EvaluationSamples, seeds.Evaluation, 0, cancellation);
        for (var i = 0; i < groups.Count; i++)
        {
            var (instance, group) = (MiniLabMetrics.Instance(task.Name, i), groups[i]);
            var correct = group.Responses.Where(response => response.Reward > 0).ToArray();
            measured.Add(new(MiniLabMetrics.Pass1, instance, PassAt(1, group.Responses.Count, correct.Length)));
            measured.Add(new(MiniLabMetrics.Pass8, instance, PassAt(8, group.Responses.Count, correct.Length)));
            measured.Add(new(MiniLabMetrics.Pass64, instance, PassAt(64, group.Responses.Count, correct.Length)));
            measured.Add(new(MiniLabMetrics.Distinct, instance, correct.Select(response => task.SolutionKey(group.Problem, response.Text)).Distinct().Count()));
        }
        var (entropy, divergence) = Score(model, groups);
        measured.Add(new(MiniLabMetrics.Entropy, task.Name, entropy));
        measured.Add(new(MiniLabMetrics.KlWarmStart, task.Name, divergence));
        measured.Add(new(MiniLabMetrics.Length, task.Name, groups.Average(group => group.Responses.Average(response => response.Tokens.Length))));
        return measured;
    }

    /// <summary>Means over response tokens: entropy, and KL from the warm start over the whole vocabulary.</summary>
    private (double Entropy, double Divergence) Score(LanguageModel model, IReadOnlyList<ResponseGroup> groups)
    {
        var rows = groups.SelectMany((group, number) => Enumerable.Range(0, Math.Min(ScoredAnswers, group.Responses.Count)).Select(i => TokenRow.Of(group, i, new float[group.Responses[i].Tokens.Length], number))).ToArray();
        var (entropy, divergence) = (0.0, 0.0);
        foreach (var part in new TokenBatch(rows).Parts(TokenBudget))
        {
            using var step = Step.Begin(gradient: Gradient.None);
            var (pi, warm) = (model.Forward(part.Sequences), lab.Warm.Forward(part.Sequences));
            entropy += part.Aggregate(pi.Entropy).Item();
            divergence += part.Aggregate(Categorical.Kl(pi.LogPi, warm.LogPi)).Item();
        }
        return (entropy, divergence);
    }

    /// <summary>Chance that one of k answers is correct: 1 - C(n - c, k) / C(n, k), without bias; k is held to n.</summary>
    /// <param name="k">Answers that one may give.</param>
    /// <param name="n">Answers drawn.</param>
    /// <param name="c">Correct ones among them.</param>
    /// <returns>In [0, 1].</returns>
    /// <remarks>arXiv:2107.03374, eq. 1.</remarks>
    internal static double PassAt(int k, int n, int c)
    {
        var (miss, most) = (1.0, Math.Min(k, n));
        for (var i = 0; i < most; i++) miss *= Math.Max(0, n - c - i) / (double)(n - i);
        return 1 - miss;
    }
}
