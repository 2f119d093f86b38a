using Pilotage.Systems.Language.Hbpo;
using Pilotage.Systems.Language.Tests.Apply;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Hbpo.Apply;

public sealed class HbpoApplicationTests : IDisposable
{
    private static readonly HbpoStudyConfig Small = new()
    {
        Apply = SumProblems.Small with { MaximumResponse = 6 },
        Method = new() { Budgets = [2, 4], BudgetText = "={budget}=" },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_SmallModelOfOurs_TrainsUnderBudgetsAndDrawsTheReward()
    {
        var report = Run(Small);
        Assert.Equal(2, report.Rows.Count);
        Assert.Contains(report.Plots, plot => plot.Name == "reward");
        Assert.All(report.Files, file => Assert.True(File.Exists(_folder.In(file))));
    }

    [Fact]
    public void Apply_WhatDoesNotFit_IsRefused()
    {
        var longer = Assert.Throws<UserMistakeException>(() => Run(Small with { Method = Small.Method with { Budgets = [2, 6] } })).Message;
        var unknown = Assert.Throws<UserMistakeException>(() => Run(Small with { Method = Small.Method with { BudgetText = "<{budget}>" } })).Message;
        var odd = Assert.Throws<UserMistakeException>(() => Run(Small with { Method = Small.Method with { Budgets = [2, 3, 4] } })).Message;
        Snapshot.Matches(string.Join("\n\n", longer, unknown, odd));
    }

    private ApplyReport Run(HbpoStudyConfig config) =>
        new HbpoSystem().Apply(new(config, [SumProblems.Write(_folder.In("sums.jsonl"))], 3, _folder.Path), null, TestContext.Current.CancellationToken);
}
