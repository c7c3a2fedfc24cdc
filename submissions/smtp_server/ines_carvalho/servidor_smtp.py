import socket


class Leitor:
    def __init__(self, ligacao):
        self.ligacao = ligacao
        self.resto = b''

    def linha(self):
        while b'\r\n' not in self.resto:
            dados = self.ligacao.recv(1024)
            if dados == b'':
                raise ConnectionError('o cliente saiu')
            self.resto += dados
        linha, self.resto = self.resto.split(b'\r\n', 1)
        return linha.decode()


def conversa(ligacao):
    def diz(texto):
        ligacao.sendall(texto.encode() + b'\r\n')

    leitor = Leitor(ligacao)
    estado = 0
    diz('220 servidor SMTP')
    while True:
        comando = leitor.linha().upper()
        if comando[:4] in ('HELO', 'EHLO'):
            estado = 1
            diz('250 Bom dia')
        elif comando[:4] == 'MAIL':
            diz('250 OK' if estado > 0 else '503 HELO primeiro')
            estado = 2 if estado > 0 else 0
        elif comando[:4] == 'RCPT':
            diz('250 OK' if estado > 1 else '503 MAIL primeiro')
            estado = 3 if estado > 1 else estado
        elif comando == 'DATA' and estado == 3:
            diz('354 Escreva a mensagem')
            mensagem = []
            while (linha := leitor.linha()) != '.':
                mensagem.append(linha[1:] if linha.startswith('.') else linha)
            print('\n'.join(mensagem))
            estado = 1
            diz('250 OK')
        elif comando == 'DATA':
            diz('503 RCPT primeiro')
        elif comando == 'QUIT':
            diz('221 Adeus')
            return
        else:
            diz('500 Comando desconhecido')


servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(('', 2525))
servidor.listen(5)
print('Servidor pronto')
while True:
    ligacao, endereco = servidor.accept()
    try:
        conversa(ligacao)
    except ConnectionError as erro:
        print(endereco, erro)
    ligacao.close()
