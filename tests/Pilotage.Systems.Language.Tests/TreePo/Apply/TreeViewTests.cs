using Pilotage.Credit;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tokenizers;
using Pilotage.Language.Trees;
using Pilotage.Systems.Language.TreePo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.TreePo.Apply;

public sealed class TreeViewTests
{
    private static readonly CharacterTokenizer Tokenizer = new("0123456789+-=?[]\n<\"");

    [Fact]
    public void Text_OfATree_ShowsSegmentsRewardsAndAdvantages() => Snapshot.Matches(TreeView.Text(Tree(), Tokenizer, SubgroupWeighting.Average), "text");

    [Fact]
    public void Html_OfATree_EscapesWhatTheModelWrote()
    {
        var page = TreeView.Html(Tree(), Tokenizer, SubgroupWeighting.Average);

        Assert.Contains("<code>3&lt;&quot;</code>", page, StringComparison.Ordinal);
        Assert.Equal(4, page.Split("<small class=").Length - 1);
        Assert.Equal(page.Split("<ul>").Length, page.Split("</ul>").Length);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_OfATree_HasALineALeaf() => Snapshot.Matches(LeafTable.Of([Tree()], SubgroupWeighting.Average), "leaves");

    /// <summary>Two children of the root with two leaves each; the first leaf is right.</summary>
    private static RolloutTree Tree()
    {
        var root = new TreeNode(SeedTree.Root(1));
        TreeNode[] inner = [new(root) { Tokens = 2 }, new(root) { Tokens = 2 }];
        TreeNode[] leaves = [new(inner[0]) { Tokens = 3 }, new(inner[0]) { Tokens = 2 }, new(inner[1]) { Tokens = 1 }, new(inner[1]) { Tokens = 3 }];
        string[] texts = ["1+[2]", "1+1\n", "2=3", "2=3<\""];
        var responses = texts.Select((text, i) =>
        {
            var tokens = Tokenizer.Encode(text);
            return new GroupResponse(tokens, new float[tokens.Length], FinishReason.Ended, i == 0 ? 1 : 0) { Text = text, Tag = leaves[i].Path };
        });
        return new(new(new("sum/000001", "1+1=?", "2"), [1, 2], [.. responses], 0), root, leaves, 4, 0);
    }
}
