using System.Text;
using Pilotage.Lab.Data;
using Xunit;

namespace Pilotage.Lab.Tests.Data;

public sealed class DerivationTests
{
    // A tar archive with one file, counts of 150 seconds: second i has i modulo 7. Packed with bzip2.
    private const string Seconds =
        "QlpoOTFBWSZTWWP9xAoAAQZbgMyAQAF/AAQAZAyewAoIIACShtUag0Gg0GjIEUpMno0maEPRGKyOgQnaAJFcpGU75AJARREsFMxTBE8ol6JRE90kMInM/Am1iTuFLYwgQoOEJ7YMIWW7xCZwhQJy6l3Oll1K1pX7OIodi7kinChIMf7iBQA=";

    [Fact]
    public void MinuteSums_OfTwoAndAHalfMinutes_SumsTheWholeOnes() =>
        Assert.Equal("minute,requests\n0,174\n1,183\n", Encoding.UTF8.GetString(new MinuteSums("minute,requests").Apply(Convert.FromBase64String(Seconds))));

    [Fact]
    public void SortedRows_OfARaggedOrder_SortsAndRenamesTheHeader() =>
        Assert.Equal("period,requests\n1998-04-30,2\n1998-05-01,1\n", Encoding.UTF8.GetString(new SortedRows("period,requests").Apply(Encoding.UTF8.GetBytes("period,count\n1998-05-01,1\n1998-04-30,2\n"))));

    [Fact]
    public void Unchanged_KeepsTheBytes() => Assert.Equal([1, 2, 3], new Unchanged().Apply([1, 2, 3]));
}
