using System.Globalization;
using System.Text;
using Pilotage.Credit;
using Pilotage.Language.Trees;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>Leaves of trees as comma-separated values.</summary>
internal static class LeafTable
{
    /// <summary>Names of the columns.</summary>
    public const string Header = "problem,path,depth,tokens,reason,reward,advantage,text";

    /// <summary>One line a leaf.</summary>
    /// <param name="trees">Any number.</param>
    /// <param name="weighting">How levels share in the advantage.</param>
    public static string Of(IReadOnlyList<RolloutTree> trees, SubgroupWeighting weighting)
    {
        var table = new StringBuilder(Header).Append('\n');
        foreach (var tree in trees)
        {
            var credit = tree.Credit(weighting);
            for (var leaf = 0; leaf < credit.Length; leaf++)
            {
                var response = tree.Group.Responses[leaf];
                table.Append(CultureInfo.InvariantCulture, $"{Quoted(tree.Group.Problem.Id)},{response.Tag},{tree.Leaves[leaf].Depth},{response.Tokens.Length},{response.Reason},{response.Reward:R},{credit[leaf]:R},{Quoted(response.Text)}\n");
            }
        }
        return table.ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
