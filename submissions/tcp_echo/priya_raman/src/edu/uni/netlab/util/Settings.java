package edu.uni.netlab.util;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Constants that server and client share. */
public final class Settings {
    public static final int PORT = 12000;
    public static final int BUFFER_SIZE = 2048;
    public static final Charset CHARSET = StandardCharsets.UTF_8;

    private Settings() {
    }
}
