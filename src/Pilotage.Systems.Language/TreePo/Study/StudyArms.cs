using Pilotage.Evaluation;
using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Language.Trees;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>The competitors: the warm start, GRPO with independent answers and with trees, and TreePO's three variants. All descend the same loss on as many problems a step.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
internal sealed class StudyArms(MiniLab.MiniLab lab, TreePoSystemConfig config)
{
    /// <summary>Names of the arms.</summary>
    public const string WarmStart = "warm-start", Grpo = "grpo", GrpoTree = "grpo-tree", Average = "treepo", Size = "treepo-size", MoreFirst = "treepo-more-first";

    private readonly TreeConfig _tree = config.Learner.Tree;

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Warm(),
        Arm(Grpo, ArmKind.Baseline, Independent(), TreeAdvantage.Group),
        Arm(GrpoTree, ArmKind.Baseline, _tree, TreeAdvantage.Group),
        Arm(Average, ArmKind.Method, _tree, TreeAdvantage.Average),
        Arm(Size, ArmKind.Method, _tree, TreeAdvantage.Size),
        Arm(MoreFirst, ArmKind.Method, _tree with { MostFirst = config.MoreFirst }, TreeAdvantage.Average),
    ];

    /// <summary>Trees of one segment: every answer begins at the prompt.</summary>
    private TreeConfig Independent() => _tree with
    {
        SegmentTokens = _tree.SegmentTokens * _tree.Depth,
        Depth = 1,
        Branching = 1,
        FewestFirst = _tree.Leaves,
        MostFirst = _tree.Leaves,
        FallbackRounds = 0,
    };

    private Arm Arm(string name, ArmKind kind, TreeConfig tree, TreeAdvantage advantage) => new(name, kind, (trial, cancellation) =>
    {
        var run = new MiniLabTrial(lab, lab.CopyOfWarm(), trial.Seeds);
        var sampler = new TreeSampler(new Generator(run.Model), lab.Task, lab.Task.Tokenizer, MiniLabTrial.Sampling, tree);
        var settings = config.Learner with { Tree = tree, Batch = run.Batch, Advantage = advantage, Scale = advantage == TreeAdvantage.Group ? AdvantageScale.None : config.Learner.Scale };
        var learner = new TreePo(settings, run.Model, sampler, run.Problems, run.Seeds);
        var (tokens, figures) = (0L, new List<Measurement>());
        var measured = new MiniLabEvaluation(lab).Train(run, new WatchedLearner(learner, figures.Add, lab.Task.Name), (_, _) => [], cancellation);
        tokens = sampler.DecodedTokens;
        List<Measurement> all = [.. measured.Where(each => each.Metric != MiniLabMetrics.DecodedTokens), .. figures];
        all.Add(new(MiniLabMetrics.DecodedTokens, lab.Task.Name, tokens));
        all.Add(new(StudyMetrics.TokensPerLeaf, lab.Task.Name, (double)tokens / learner.LeavesDrawn));
        all.Add(new(StudyMetrics.ReusedPerLeaf, lab.Task.Name, (double)sampler.ReusedTokens / learner.LeavesDrawn));
        all.Add(new(StudyMetrics.Roughness, lab.Task.Name, Roughness(measured)));
        all.AddRange(Majority(StudyMetrics.Majority, run.Model, trial.Seeds, cancellation));
        // On to the same number of decoded tokens, for the second look.
        var isStopped = measured.Any(each => each.Metric == MiniLabMetrics.StoppedEarly && each.Value > 0);
        while (!isStopped && sampler.DecodedTokens < config.DecodedTokens) learner.Iterate(cancellation);
        all.Add(new(StudyMetrics.StepsAtTokens, lab.Task.Name, learner.Steps));
        all.AddRange(Majority(StudyMetrics.MajorityAtTokens, run.Model, trial.Seeds, cancellation));
        return all;
    });

    private Arm Warm()
    {
        var warm = lab.WarmStartArm(WarmStart);
        return new(WarmStart, ArmKind.Heuristic, (trial, cancellation) =>
        {
            var all = new List<Measurement>(warm.Run(trial, cancellation));
            all.AddRange(Majority(StudyMetrics.Majority, lab.Warm, trial.Seeds, cancellation));
            all.AddRange(Majority(StudyMetrics.MajorityAtTokens, lab.Warm, trial.Seeds, cancellation));
            return all;
        })
        { IsDeterministic = true };
    }

    private IEnumerable<Measurement> Majority(string metric, LanguageModel model, SeedTree seeds, CancellationToken cancellation)
    {
        var groups = lab.Sampler(model).Sample(lab.TestProblems, lab.Config.EvaluationSamples, seeds.Evaluation, 0, cancellation);
        return groups.Select((group, i) => new Measurement(metric, MiniLabMetrics.Instance(lab.Task.Name, i), MajorityVote.IsRight(group, MajorityVote.Boxed) ? 1 : 0));
    }

    private static double Roughness(IReadOnlyList<Measurement> measured)
    {
        double[] points = [.. measured.Where(each => each.Metric == MiniLabMetrics.CurvePass1).Select(each => each.Value)];
        return points.Length < 2 ? 0 : points.Zip(points.Skip(1), (before, after) => Math.Abs(after - before)).Average();
    }
}
