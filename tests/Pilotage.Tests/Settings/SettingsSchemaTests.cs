using Pilotage.Settings;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Tests.Settings;

public sealed class SettingsSchemaTests
{
    [Fact]
    public void Keys_OfANestedRecord_HaveDots() => Assert.Equal(
        ["horizon", "minibatches", "steps", "learningRate", "normalise", "activation", "note", "scale", "maximumNorm", "hidden", "tags", "objective.clipRadius", "objective.entropyWeight"],
        SampleSettings.Schema.Keys);

    [Fact]
    public void Summary_OfMarkup_IsPlainWords()
    {
        Assert.Equal("A note for the report.", Field("note").Summary);
        Assert.Equal("Minibatches per epoch. Must divide Horizon.", Field("minibatches").Summary);
        Assert.Equal("Whether advantages are normalised | shifted.", Field("normalise").Summary);
    }

    [Fact]
    public void Usual_NamedInTheSummary_IsFound() => Assert.Equal(("128-2048", ""), (Field("horizon").Usual, Field("steps").Usual));

    [Fact]
    public void Interval_SaysWhichBoundsAreOpen() => Assert.Equal(
        ("[1, 100000]", "at least 1", "(0, 1]", "above 0", ""),
        (Field("horizon").Interval, Field("steps").Interval, Field("learningRate").Interval, Field("maximumNorm").Interval, Field("note").Interval));

    [Fact]
    public void With_Value_CopiesTheRecordAndLeavesTheFirst()
    {
        var first = new SampleSettings();

        var second = (SampleSettings)Field("horizon").With(first, 12);

        Assert.Equal((128, 12), (first.Horizon, second.Horizon));
    }

    private static SettingField Field(string key) => SampleSettings.Schema.Fields.Single(field => field.Key == key);
}
