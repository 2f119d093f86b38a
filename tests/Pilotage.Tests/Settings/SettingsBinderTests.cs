using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Testing;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Tests.Settings;

public sealed class SettingsBinderTests
{
    [Fact]
    public void Bind_NoSource_GivesTheDefaults() => Assert.Equal(new SampleSettings().Objective, Bind().Objective);

    [Fact]
    public void Bind_OneOfEachKind_SetsEachField()
    {
        var settings = Bind(
            "horizon=256", "minibatches=8", "steps=1e6", "learningRate=3e-4", "normalise=false", "activation=relu", "note=a = b", "scale=paper",
            "maximumNorm=null", "hidden=[32, 16]", "tags=a,b", "objective.clipRadius=0.3");

        Assert.Equal((256, 8, 1_000_000L, 3e-4f, false), (settings.Horizon, settings.Minibatches, settings.Steps, settings.LearningRate, settings.Normalise));
        Assert.Equal(("relu", "a = b", Scale.Paper, (double?)null, 0.3), (settings.Activation, settings.Note, settings.Scale, settings.MaximumNorm, settings.Objective.ClipRadius));
        Assert.Equal([32, 16], settings.Hidden);
        Assert.Equal(["a", "b"], settings.Tags);
    }

    [Theory]
    [InlineData("objective.clipRadius")]
    [InlineData("Objective.ClipRadius")]
    [InlineData("objective.clip-radius")]
    [InlineData("OBJECTIVE.CLIP_RADIUS")]
    public void Bind_KeyInAnyStyle_IsTheSameKey(string key) => Assert.Equal(0.3, Bind($"{key}=0.3").Objective.ClipRadius);

    [Fact]
    public void Bind_TwoSources_TheLaterWins()
    {
        var file = SettingSource.FromCode([new("horizon", "64"), new("minibatches", "2")], "config.yaml, line 1");

        var settings = SettingsBinder.Bind<SampleSettings>(SampleSettings.Schema, file, SettingSource.FromAssignments(["horizon=32"]));

        Assert.Equal((32, 2), (settings.Horizon, settings.Minibatches));
    }

    [Theory]
    [InlineData("unknown_with_neighbour", "horizn=3")]
    [InlineData("unknown_without_neighbour", "colour=blue")]
    [InlineData("unknown_but_nested", "clipRadius=0.3")]
    [InlineData("unknown_inside_a_value", "horizon.length=3")]
    [InlineData("wrong_type_whole_number", "horizon=12.5")]
    [InlineData("wrong_type_number", "objective.clipRadius=0,2")]
    [InlineData("wrong_type_boolean", "normalise=maybe")]
    [InlineData("wrong_type_enum", "scale=labtop")]
    [InlineData("wrong_type_enum_number", "scale=1")]
    [InlineData("wrong_type_item", "hidden=64,big")]
    [InlineData("not_allowed_text", "activation=sigmoid")]
    [InlineData("outside_interval", "objective.clipRadius=7")]
    [InlineData("outside_open_end", "steps=0")]
    [InlineData("outside_open_bound", "objective.clipRadius=0")]
    [InlineData("outside_nullable", "maximumNorm=-1")]
    [InlineData("outside_item", "hidden=64,0")]
    [InlineData("beyond_the_type", "horizon=3000000000")]
    [InlineData("beyond_the_type_float", "learningRate=1e300")]
    [InlineData("not_a_number", "objective.clipRadius=NaN")]
    [InlineData("infinite", "objective.clipRadius=-.inf")]
    [InlineData("infinite_by_overflow", "objective.clipRadius=1e999")]
    [InlineData("missing_value", "horizon=")]
    [InlineData("missing_value_nullable", "maximumNorm=")]
    [InlineData("null_where_a_number_belongs", "horizon=null")]
    [InlineData("twice", "horizon=64", "Horizon=128")]
    [InlineData("group_as_value", "objective=0.2")]
    [InlineData("no_equals_sign", "horizon")]
    [InlineData("no_key", "=3")]
    [InlineData("contradiction", "minibatches=7")]
    [InlineData("contradiction_of_two_given", "minibatches=7", "horizon=100")]
    [InlineData("contradiction_inside", "objective.entropyWeight=0.9")]
    [InlineData("contradiction_hidden_by_a_wrong_field", "minibatches=7", "horizon=x")]
    [InlineData("all_at_once", "horizn=3", "steps=0", "objective.clipRadius=nan", "minibatches=7", "steps=9", "tags", "activation=Tanh")]
    public void Bind_Mistakes_AreToldInFull(string name, params string[] assignments)
    {
        var exception = Assert.Throws<UserMistakeException>(() => Bind(assignments));

        Snapshot.Matches(string.Join("\n", exception.Problems), name);
    }

    [Fact]
    public void Bind_FloatAtItsBound_IsInside() => Assert.Equal(1f, Bind("learningRate=1").LearningRate);

    [Fact]
    public void Bind_QuotedNull_IsText() => Assert.Equal("null", Bind("note=\"null\"").Note);

    [Fact]
    public void Bind_EmptyQuotes_AreAnEmptyText() => Assert.Equal("", Bind("note=''").Note);

    [Fact]
    public void Bind_EmptyBrackets_AreAnEmptyList() => Assert.Empty(Bind("hidden=[]").Hidden);

    [Fact]
    public void Check_RecordMadeByCode_FindsRangeAndContradiction()
    {
        var settings = new SampleSettings { Steps = 0, Minibatches = 7, Objective = new() { ClipRadius = double.NaN } };

        Snapshot.Matches(string.Join("\n", SettingsBinder.Check(SampleSettings.Schema, settings)));
    }

    [Fact]
    public void Check_Defaults_AreInTheirRanges() => Assert.Empty(SettingsBinder.Check(SampleSettings.Schema, SampleSettings.Schema.Default));

    [Fact]
    public void Bind_Comma_IsNoDecimalPointInAnyCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            german.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = german;
            Assert.Equal(0.3, Bind("objective.clipRadius=0.3").Objective.ClipRadius);
            Assert.Throws<UserMistakeException>(() => Bind("objective.clipRadius=0,3"));
            Assert.Contains(new("objective.clipRadius", "0.2"), SettingsText.Flatten(SampleSettings.Schema, new SampleSettings()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static SampleSettings Bind(params string[] assignments) =>
        SettingsBinder.Bind<SampleSettings>(SampleSettings.Schema, SettingSource.FromAssignments(assignments));
}
