package edu.netlab.chat;

import java.nio.charset.StandardCharsets;

/** The rules of the conversation, used by server and client. */
final class Protocol {

    static final int PORT = 1060;
    static final int BUFFER_SIZE = 4096;
    static final String EXIT = "Exit";
    static final String GOODBYE = "Disconnect";

    private Protocol() {
    }

    /** Builds the confirmation for a message of the given length. */
    static byte[] confirmation(int length) {
        return ("Your data was " + length + " bytes").getBytes(StandardCharsets.US_ASCII);
    }
}
