using System.Text;
using Pilotage.Lab.Data;
using Xunit;

namespace Pilotage.Lab.Tests.Data;

public sealed class Bzip2Tests
{
    // Repeated words, a run of 300 equal letters (longer than one count byte tells) and every byte value, packed by the bzip2 of another language's library.
    private const string Packed =
        "QlpoOTFBWSZTWfrXsBAAAFf/////////////////////////////////////////////sAD1IQAAAAAEwANAmABMmAAAAIwCYAAAAAAABoAAAAAAAAAAAAAAJgAd+qCZNDQMiaYCYE9AmIYJgmJgAjJgCGEGNAGUwTJkyaaaYAIwJpkwJk0yaNMTIZAxNGEyMAAEwJiNDTEmAAmAAJgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAATEihYwuGji8eYGJkQMzQ1NjciSODngHXBOzw9Pj9AQeq8g9h0wFiEVGR+GTSElKYwAAyMzQ1NvybnBydHZ4enx+gIKF+kNE/aKjI6QkpSWmJqcnqCipKaoqqyusLK0tri65c7n9BzdHVSD+8kUI6IkQKDpFA6hQHhgGg8lQeiwDh48HxnfYIH9oLAQCBKmoEQLDRYjeghgEiI8IMSBm3QkLDdaHiOvExXYi4zsxvaju3H9yQkZKTlJWWl5iUlZaXmJkDNTc5Oz0/QUNFR0lLTU9RU1VXWVtdX2FjZWdpa21vcXN1d3l7fX+Bg4WHiYuNj5GTlZeZm52foaOlp6mrra+xs7W3ubu9v8HDxcfJy83P0dPV19nb3d/h4//y8/T19pf3A/Hz9fYu5IpwoSH1r2Ag";

    [Fact]
    public void Decompress_WordsRunsAndEveryByte_GivesThemBack()
    {
        byte[] expected = [.. Encoding.ASCII.GetBytes("the quick brown fox the quick brown fox the quick brown fox " + new string('a', 300)), .. Enumerable.Range(0, 256).Select(value => (byte)value)];

        Assert.Equal(expected, Bzip2.Decompress(Convert.FromBase64String(Packed)));
    }

    [Fact]
    public void Decompress_CutAnywhere_IsRefused()
    {
        var packed = Convert.FromBase64String(Packed);

        for (var length = packed.Length - 1; length >= 0; length -= 17)
            Assert.Throws<InvalidDataException>(() => Bzip2.Decompress(packed[..length]));
    }

    [Fact]
    public void Decompress_OtherData_IsRefused() => Assert.Throws<InvalidDataException>(() => Bzip2.Decompress(Encoding.ASCII.GetBytes("PK, but no bzip2")));
}
