using System.Globalization;
using Pilotage.Credit;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Language.Generation;
using Pilotage.Language.Tasks;
using Pilotage.Language.Trees;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>Trains a model on a user's problems with trees, and shows what its trees look like at the end.</summary>
internal static class TreePoApplication
{
    private const string LeavesName = "leaves.csv", TextName = "tree.txt", PageName = "tree.html";

    /// <summary>Trains, compares, draws trees for test problems and writes the files.</summary>
    /// <param name="request">Settings, files and folder.</param>
    /// <param name="progress">Told the share done and what is being done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="UserMistakeException">Settings, data or model cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (TreePoSystemConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var longest = config.Learner.Tree.SegmentTokens * config.Learner.Tree.Depth;
        var apply = config.Apply with { MaximumResponse = config.Apply.MaximumResponse ?? longest };
        LanguageParts? trained = null;
        TreeSampler? sampler = null;
        var report = LanguageApplication.Run(apply, request, parts =>
        {
            RefuseContext(parts, config.Learner.Tree);
            (trained, sampler) = (parts, new(new Generator(parts.Model, parts.Tokenizer), parts.Task, parts.Tokenizer, parts.Sampler.Sampling, config.Learner.Tree));
            var grown = sampler;
            parts.Drawn = () => (grown.DecodedTokens, grown.Seconds);
            return new TreePo(config.Learner with { Batch = parts.Batch }, parts.Model, sampler, parts.Problems, parts.Seeds);
        }, progress, cancellation);

        progress?.Report((0.99, "growing trees for test problems"));
        var (decoded, reused) = (sampler!.DecodedTokens, sampler.ReusedTokens);
        var trees = sampler.Sample([.. trained!.Task.Problems(Split.Test).Take(config.TreesShown)], SeedTree.Root(request.Seed).Branch("trees shown"), 0, 1, cancellation);
        Write(request.OutputFolder, trees, trained, Weighting(config.Learner.Advantage));
        return report with
        {
            Files = [.. report.Files, LeavesName, TextName, PageName],
            Notes = [.. report.Notes, .. Notes(trees, sampler.DecodedTokens - decoded, sampler.ReusedTokens - reused)],
            Plots = [.. report.Plots, .. Plots(trees)],
        };
    }

    private static SubgroupWeighting Weighting(TreeAdvantage advantage) => advantage switch { TreeAdvantage.Size => SubgroupWeighting.Size, TreeAdvantage.NoRoot => SubgroupWeighting.NoRoot, _ => SubgroupWeighting.Average };

    private static void RefuseContext(LanguageParts parts, TreeConfig tree)
    {
        var prompt = parts.Task.Problems(Split.Train).Max(problem => parts.Tokenizer.Encode(problem.Prompt).Length);
        var longest = tree.SegmentTokens * tree.Depth;
        if (prompt + longest <= parts.Model.Config.ContextLength) return;
        throw new UserMistakeException(new Mistake("PIL1894", $"Trees of {tree.Depth} segments of {tree.SegmentTokens} tokens and prompts of up to {prompt} tokens need {prompt + longest} places; the model's context has {parts.Model.Config.ContextLength}.", "",
            "Lower learner.tree.depth or learner.tree.segmentTokens, raise apply.maximumResponse for a model of ours, or give a model of a longer context.").ToString());
    }

    private static void Write(string folder, IReadOnlyList<RolloutTree> trees, LanguageParts parts, SubgroupWeighting weighting)
    {
        // The tree that says most: rewards of both kinds, if there is one.
        var shown = trees.FirstOrDefault(tree => !tree.Group.IsLevel) ?? trees[0];
        File.WriteAllText(Path.Combine(folder, LeavesName), LeafTable.Of(trees, weighting));
        File.WriteAllText(Path.Combine(folder, TextName), TreeView.Text(shown, parts.Tokenizer, weighting));
        File.WriteAllText(Path.Combine(folder, PageName), TreeView.Html(shown, parts.Tokenizer, weighting));
    }

    private static IEnumerable<string> Notes(IReadOnlyList<RolloutTree> trees, long decoded, long reused)
    {
        var (leaves, tokens) = (trees.Sum(tree => tree.Leaves.Count), trees.Sum(tree => tree.Group.Responses.Sum(response => (long)response.Tokens.Length)));
        yield return string.Create(CultureInfo.InvariantCulture, $"Trees of {trees.Count} test problems: {leaves} answers of {(double)tokens / leaves:0.0} tokens, {(double)decoded / leaves:0.0} decoded and {(double)reused / leaves:0.0} taken over for each (prompts included).");
        var missing = trees.Sum(tree => tree.Wanted - tree.Leaves.Count);
        if (missing > 0) yield return $"{missing} answers of {trees.Sum(tree => tree.Wanted)} are missing: every path stopped early. Raise learner.tree.fallbackRounds or learner.tree.mostFirst.";
    }

    private static IEnumerable<Plot> Plots(IReadOnlyList<RolloutTree> trees)
    {
        var depth = trees.Max(tree => tree.Depth);
        var depths = Enumerable.Range(1, depth).Select(at => $"{at}").ToArray();
        yield return new BarPlot("depths", "How deep answers end", new("answers"), depths, [new("answers", [.. Enumerable.Range(1, depth).Select(at => (double)trees.Sum(tree => tree.Leaves.Count(leaf => leaf.Depth == at)))])]);
        yield return new BarPlot("widths", "How wide trees are", new("segments of a tree"), depths, [new("segments", [.. Enumerable.Range(1, depth).Select(at => trees.Average(tree => (double)tree.Nodes().Count(node => node.Depth == at)))])]);
    }
}
