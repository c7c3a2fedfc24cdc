#pragma once
#include <string>

// "text/html" for "index.html" and so on
std::string mime_type(const std::string& path);

// reads a whole file; false if there is none
bool read_file(const std::string& path, std::string& content);

// a complete response
std::string response(const std::string& status, const std::string& type, const std::string& body);
