using Pilotage.Distributions;
using Pilotage.Evaluation;
using Pilotage.Language.Evaluation;
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

    /// <summary>Trains for the laboratory's steps, with a point of the curve every few, and measures the end. A training whose numbers stop being finite ends there.</summary>
    /// <param name="run">The trial.</param>
    /// <param name="learner">What trains the trial's model.</param>
    /// <param name="more">Further measurements after training.</param>
    /// <param name="cancellation">Stops the work between two tokens.</param>
    /// <returns>All measurements.</returns>
    public IReadOnlyList<Measurement> Train(MiniLabTrial run, ILanguageLearner learner, Func<MiniLabTrial, ILanguageLearner, IEnumerable<Measurement>>? more, CancellationToken cancellation)
    {
        var (task, measured, points) = (lab.Task.Name, new List<Measurement>(), new List<double>());
        var figures = new Dictionary<string, List<double>>();
        var (learning, evaluating, stopped) = (0.0, 0.0, false);
        while (true)
        {
            if (learner.Steps % lab.Config.CurveEvery == 0 || learner.Steps >= lab.Config.Steps || stopped)
            {
                var began = TimeProvider.System.GetTimestamp();
                points.Add(Pass1(learner.Model, run.Seeds.Branch("curve"), cancellation));
                measured.Add(new(MiniLabMetrics.CurvePass1, MiniLabMetrics.Instance(task, learner.Steps), points[^1]));
                evaluating += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            }
            if (learner.Steps >= lab.Config.Steps || stopped) break;
            var start = TimeProvider.System.GetTimestamp();
            try
            {
                learner.Iterate(cancellation);
            }
            catch (RunFailedException)
            {
                stopped = true;                              // numbers that are not finite: an outcome of a method, measured like the others
                continue;
            }
            learning += TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            foreach (var (name, value) in learner.Diagnostics)
            {
                if (!figures.TryGetValue(name, out var values)) figures.Add(name, values = []);
                values.Add(value);
                if (name is "reward" or "entropy") measured.Add(new($"curve_{name}", MiniLabMetrics.Instance(task, learner.Steps), value));
            }
        }
        measured.Add(new(MiniLabMetrics.Area, task, points.Average()));
        // A training that found nothing to learn from has ratios of 1.
        foreach (var (name, unmoved) in new[] { (MiniLabMetrics.RatioMean, 1.0), (MiniLabMetrics.RatioVariance, 0), (MiniLabMetrics.ClipFraction, 0), (MiniLabMetrics.KlOld, 0) })
            measured.Add(new(name, task, figures.TryGetValue(name, out var values) ? values.Average() : unmoved));
        measured.Add(new(MiniLabMetrics.DecodedTokens, task, run.DecodedTokens));
        measured.Add(new(MiniLabMetrics.StoppedEarly, task, stopped ? 1 : 0));
        var final = TimeProvider.System.GetTimestamp();
        measured.AddRange(Final(learner.Model, run.Seeds, cancellation));
        if (more is not null) measured.AddRange(more(run, learner));
        evaluating += TimeProvider.System.GetElapsedTime(final).TotalSeconds;
        measured.Add(Measurement.Timing("act", run.DrawingSeconds));
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
            var correct = group.Responses.Count(response => response.Reward > 0);
            measured.Add(new(MiniLabMetrics.Pass1, instance, AnswerRates.PassAt(1, group.Responses.Count, correct)));
            measured.Add(new(MiniLabMetrics.Pass8, instance, AnswerRates.PassAt(8, group.Responses.Count, correct)));
            measured.Add(new(MiniLabMetrics.Pass64, instance, AnswerRates.PassAt(64, group.Responses.Count, correct)));
            measured.Add(new(MiniLabMetrics.Distinct, instance, AnswerRates.DistinctSolutions(task, group)));
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
}
