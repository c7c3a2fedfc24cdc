#include "http_util.hpp"
#include <fstream>
#include <iterator>
#include <map>
#include <sys/stat.h>

std::string mime_type(const std::string& path)
{
    static const std::map<std::string, std::string> types = {
        {"html", "text/html"}, {"css", "text/css"}, {"txt", "text/plain"},
        {"png", "image/png"}, {"jpg", "image/jpeg"}, {"ico", "image/x-icon"},
    };
    auto dot = path.rfind('.');
    if (dot == std::string::npos)
        return "text/plain";
    auto found = types.find(path.substr(dot + 1));
    return found == types.end() ? "application/octet-stream" : found->second;
}

bool read_file(const std::string& path, std::string& content)
{
    struct stat info;
    if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    std::ifstream file(path, std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    return file.good() || file.eof();
}

std::string response(const std::string& status, const std::string& type, const std::string& body)
{
    // no Content-Length: the end of the connection is the end of the page
    return "HTTP/1.0 " + status + "\r\nContent-Type: " + type + "\r\n\r\n" + body;
}
