using Pilotage.Settings;
using Pilotage.Testing;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Tests.Settings;

public sealed class SettingsTextTests
{
    [Fact]
    public void ToYaml_Defaults_CommentsEachFieldAndLeavesABlankLineBetween() =>
        Snapshot.Matches(SettingsText.ToYaml(SampleSettings.Schema, new SampleSettings { Note = "yes: \"no\"\n\u0007", Tags = ["a", "b c"] }));

    [Fact]
    public void Flatten_Record_GivesEachValueWithItsFullKey() =>
        Snapshot.Matches(string.Join("\n", SettingsText.Flatten(SampleSettings.Schema, new SampleSettings()).Select(value => $"{value.Key} = {value.Value}")));

    [Fact]
    public void ToMarkdown_Schema_IsTheTableOfTheDocumentation() => Snapshot.Matches(SettingsHelp.ToMarkdown(SampleSettings.Schema));

    [Fact]
    public void Flatten_ReadBackThroughTheBinder_IsTheSame()
    {
        var settings = new SampleSettings { Horizon = 70, Minibatches = 7, MaximumNorm = null, Hidden = [], LearningRate = 0.3f };
        var values = SettingsText.Flatten(SampleSettings.Schema, settings);

        var again = SettingsBinder.Bind<SampleSettings>(SampleSettings.Schema, SettingSource.FromAssignments(values.Select(value => $"{value.Key}={value.Value}")));

        Assert.Equal(values, SettingsText.Flatten(SampleSettings.Schema, again));
        Assert.Equal(settings with { Hidden = again.Hidden, Tags = again.Tags }, again);
    }
}
