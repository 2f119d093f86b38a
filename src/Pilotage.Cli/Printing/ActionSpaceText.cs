using System.Globalization;
using Pilotage.Environments;

namespace Pilotage.Cli.Printing;

/// <summary>What a policy may choose from, in words.</summary>
internal static class ActionSpaceText
{
    public static string Of(ActionSpace space) => space switch
    {
        ActionSpace.Composite both => $"one of each of {string.Join(", ", both.Choices.Counts)}, and {NumbersIn(both.Values)}",
        ActionSpace.Discrete one => string.Create(CultureInfo.InvariantCulture, $"one of {one.Count}{(one.Masked ? ", some forbidden at times" : "")}"),
        ActionSpace.MultiDiscrete many => $"one of each of {string.Join(", ", many.Counts)}",
        ActionSpace.Box box => NumbersIn(box),
        _ => space.ToString(),
    };

    private static string NumbersIn(ActionSpace.Box box) =>
        string.Join(", ", box.Low.Zip(box.High, (low, high) => string.Create(CultureInfo.InvariantCulture, $"a number in [{low}, {high}]")));
}
