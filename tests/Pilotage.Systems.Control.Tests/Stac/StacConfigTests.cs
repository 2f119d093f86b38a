using Pilotage.Settings;
using Pilotage.Systems.Control.Stac;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Stac;

/// <summary>What users set wrongly, and what they are told, word for word.</summary>
public sealed class StacConfigTests
{
    [Fact]
    public void Bind_OutOfRange_IsToldAtOnce() => Told("out_of_range", ("dropout.critic", "1.0"), ("dropout.actor", "-0.1"), ("steps", "0"), ("hidden", "64, 0"), ("beta", "nan"), ("betta", "0.5"));

    [Fact]
    public void Bind_Contradictions_AreToldAtOnce() => Told("contradictions", ("beta", "-0.5"), ("layerNorm", "false"), ("batchSize", "1"), ("learningStarts", "30000"), ("study.betas", "0.25"), ("apply.betas", "0.25, 0.25"));

    [Fact]
    public void Bind_WhatIsAllowedOnlyWithAWord_PassesWithIt()
    {
        var config = Bind(("beta", "-0.5"), ("allowOptimism", "true"), ("batchSize", "1"), ("targetEntropy", "-3"), ("dropout.critic", "0.01"));

        Assert.Equal((-0.5, 1, -3.0, 0.01f), (config.Beta, config.BatchSize, config.TargetEntropy, config.Dropout.Critic));
    }

    private static StacConfig Bind(params (string Key, string Value)[] entries) =>
        SettingsBinder.Bind<StacConfig>(StacConfig.Schema, SettingSource.FromCode([.. entries.Select(entry => new KeyValuePair<string, string>(entry.Key, entry.Value))], "--set"));

    private static void Told(string name, params (string Key, string Value)[] entries)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Bind(entries));
        Snapshot.Matches(string.Join("\n", mistake.Problems), name);
    }
}
